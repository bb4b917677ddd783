"""The run folder: what lies in it, how it is made, read and found."""

import json
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
    """A run that cannot be made, read or continued."""


@dataclass(frozen=True)
class Run:
    """A run folder. `source` names the data the learner chose, or is empty."""

    folder: Path
    experiment: Experiment
    created: str
    source: str = ""

    @property
    def id(self) -> str:
        return self.folder.name


def create(experiment: Experiment, *, source: str = "", root: Path | None = None) -> Run:
    """A new folder with its run.json; the log comes with the worker."""
    root = root or folders.runs()
    now = datetime.now(UTC)
    folder = root / f"{now:%Y%m%d-%H%M%S}-{experiment.name}-{secrets.token_hex(2)}"
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
        raise RunError(
            Message(
                "runs.cannot_write",
                {"folder": str(root), "why": error.strerror or str(error)},
                f"The run could not be written to {root}: {error.strerror or error}.",
            )
        ) from error
    return Run(folder, experiment, spec["created"], source)


def load(folder: Path) -> Run:
    """Raises RunError where the folder is not a run or its run.json is damaged."""
    try:
        spec = json.loads((folder / SPEC).read_text("utf-8"))
        experiment = Experiment.from_json(spec["experiment"])
        return Run(folder, experiment, str(spec["created"]), str(spec.get("source", "")))
    except (OSError, ValueError, KeyError, TypeError, UserError) as error:
        raise RunError(
            Message(
                "runs.unreadable",
                {"folder": str(folder)},
                f"{folder} is not a run that can be read: {error}",
            )
        ) from error


def every(root: Path | None = None) -> list[Run]:
    """All readable runs, newest first."""
    root = root or folders.runs()
    found = []
    for folder in sorted(root.glob("*/" + SPEC), reverse=True) if root.is_dir() else []:
        try:
            found.append(load(folder.parent))
        except RunError:
            continue  # a foreign or damaged folder is not a run; the settings page counts its size
    return found


def locked(path: Path) -> bool:
    """Whether a living process holds the lock file."""
    if not path.exists():
        return False
    try:
        with FileLock(path, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:
        return False
