"""Create, read and find run folders."""

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
    """Raised for a run that cannot be made, read or continued."""


@dataclass(frozen=True)
class Run:
    """Describe a run folder, as its run.json has it.

    `source` names the data the learner chose, `owner` the learner of a class; each may be empty.
    """

    folder: Path
    experiment: Experiment
    created: str
    source: str = ""
    owner: str = ""

    @property
    def id(self) -> str:
        return self.folder.name


def create(
    experiment: Experiment, *, source: str = "", owner: str = "", root: Path | None = None
) -> Run:
    """Create a run folder with its run.json. The worker creates the log. Raises RunError."""
    root = root or folders.runs()
    now = datetime.now(UTC)
    name = re.sub(r"[^\w-]+", "-", experiment.name)  # a name from a file may hold a path
    spec = {
        "version": 1,
        "created": now.isoformat(timespec="milliseconds"),
        "experiment": experiment.to_json(),
        "source": source,
    }
    if owner:
        spec["owner"] = owner
    try:
        folder = _new_folder(root, f"{now:%Y%m%d-%H%M%S}-{name}")
        write_json(folder / SPEC, spec)
    except OSError as error:
        raise cannot_write(root, error) from error
    return Run(folder, experiment, now.isoformat(timespec="milliseconds"), source, owner)


def _new_folder(root: Path, name: str) -> Path:
    """Make a folder that was not there: of a thousand runs of one second some draw the same end."""
    root.mkdir(parents=True, exist_ok=True)
    while True:
        folder = root / f"{name}-{secrets.token_hex(2)}"
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        return folder


def cannot_write(folder: Path, error: OSError) -> RunError:
    """Return the error for a folder that cannot be written."""
    why = error.strerror or str(error)
    return RunError(Message("runs.cannot_write", {"folder": str(folder), "why": why}))


def load(folder: Path) -> Run:
    """Read a run. Raises RunError if the folder is not a run or its run.json is damaged."""
    try:
        spec = json.loads((folder / SPEC).read_text("utf-8"))
        experiment = Experiment.from_json(spec["experiment"])
        created = datetime.fromisoformat(spec["created"])
        created = created if created.tzinfo else created.replace(tzinfo=UTC)
        moment = created.isoformat(timespec="milliseconds")
        owner = str(spec.get("owner", ""))
        return Run(folder, experiment, moment, str(spec.get("source", "")), owner)
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
    """Return whether a living process holds the lock file."""
    if not path.exists():
        return False
    try:
        with FileLock(path, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:
        return False
