"""The queue before the worker: one file for each run that waits."""

import time
from pathlib import Path

from base import folders
from resnet_core.runs.folder import Run, RunError, cannot_write, load


def queue_entries(queue: Path | None = None) -> list[Path]:
    """Return the files of the queue, first come first; each holds the path of a run folder."""
    queue = queue or folders.queue()
    return sorted(queue.glob("*.run")) if queue.is_dir() else []


def queued_place(folder: Path) -> int | None:
    """Return the place in the queue, 1 = next; None where the run is not in it."""
    for place, entry in enumerate(queue_entries(), start=1):
        if entry.stem.endswith(folder.name):
            return place
    return None


def enter_queue(folder: Path) -> None:
    """Put a run after those that wait. Raises RunError where that cannot be written."""
    queue = folders.queue()
    part = queue / f"{time.time_ns()}-{folder.name}.part"
    try:
        queue.mkdir(parents=True, exist_ok=True)
        part.write_text(str(folder.resolve()), "utf-8")
        part.replace(part.with_suffix(".run"))
    except OSError as error:
        raise cannot_write(queue, error) from error


def queued_run(entry: Path) -> Run | None:
    """Return the run that a file of the queue names; None where it leads nowhere."""
    try:
        return load(Path(entry.read_text("utf-8")))
    except (OSError, ValueError, RunError):
        return None


def leave_queue(folder: Path) -> None:
    """Take a run out of the queue, if it is in it."""
    for entry in queue_entries():
        if entry.stem.endswith(folder.name):
            entry.unlink(missing_ok=True)
