"""The run folder: what lies in it, how it is made, read and found."""

import json
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from base import folders
from base.files import write_json
from base.messages import Message, UserError
from resnet_core.experiment.config import Experiment

LOCK, SPEC, EVENTS, CONTROL, LOG = "lock", "run.json", "events.jsonl", "control.json", "worker.log"
CHECKPOINTS, SUMMARIES = "checkpoints", "tb"


class RunError(UserError):
    """Report a run that cannot be made, read or continued."""


@dataclass(frozen=True)
class Run:
    """A run folder, as its run.json has it.

    `source` names the data the learner chose, or is empty.
    """

    folder: Path
    experiment: Experiment
    created: str
    source: str = ""

    @property
    def id(self) -> str:
        return self.folder.name


def create(experiment: Experiment, *, source: str = "", root: Path | None = None) -> Run:
    """Make a new folder with its run.json; the log comes with the worker. Raises RunError."""
    root = root or folders.runs()
    now = datetime.now(UTC)
    name = re.sub(r"[^\w-]+", "-", experiment.name)  # a name from a file may hold a path
    folder = root / f"{now:%Y%m%d-%H%M%S}-{name}-{secrets.token_hex(2)}"
    spec = {
        "version": 1,
        "created": now.isoformat(timespec="milliseconds"),
        "experiment": experiment.to_json(),
        "source": source,
    }
    try:
        folder.mkdir(parents=True)
        write_json(folder / SPEC, spec)
    except OSError as error:
        raise cannot_write(root, error) from error
    return Run(folder, experiment, now.isoformat(timespec="milliseconds"), source)


def cannot_write(folder: Path, error: OSError) -> RunError:
    """Return the sentence for a folder that does not take what is to be written."""
    why = error.strerror or str(error)
    return RunError(Message("runs.cannot_write", {"folder": str(folder), "why": why}))


def load(folder: Path) -> Run:
    """Read a run. Raises RunError where the folder is not a run or its run.json is damaged."""
    try:
        spec = json.loads((folder / SPEC).read_text("utf-8"))
        experiment = Experiment.from_json(spec["experiment"])
        created = datetime.fromisoformat(spec["created"])
        created = created if created.tzinfo else created.replace(tzinfo=UTC)
        moment = created.isoformat(timespec="milliseconds")
        return Run(folder, experiment, moment, str(spec.get("source", "")))
    except (OSError, ValueError, KeyError, TypeError, RecursionError, UserError) as error:
        raise RunError(Message("runs.unreadable", {"folder": str(folder)})) from error


def every(root: Path | None = None) -> list[Run]:
    """Return all readable runs, newest first."""
    root = root or folders.runs()
    found = []
    for folder in sorted(root.glob("*/" + SPEC), reverse=True) if root.is_dir() else []:
        try:
            found.append(load(folder.parent))
        except RunError:
            continue  # a foreign or damaged folder is not a run; the settings page counts its size
    return found


def locked(path: Path) -> bool:
    """Say whether a living process holds the lock file."""
    if not path.exists():
        return False
    try:
        with FileLock(path, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:
        return False
