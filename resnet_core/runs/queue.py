"""The queue before the worker: one file for each run that waits."""

import time
from pathlib import Path

from base import folders


def queue_entries(queue: Path | None = None) -> list[Path]:
    """Files of the queue, first come first; each holds the path of a run folder."""
    queue = queue or folders.queue()
    return sorted(queue.glob("*.run")) if queue.is_dir() else []


def queued_place(folder: Path) -> int | None:
    """Place in the queue, 1 = next; None where the run is not in it."""
    for place, entry in enumerate(queue_entries(), start=1):
        if entry.stem.endswith(folder.name):
            return place
    return None


def enter_queue(folder: Path) -> None:
    """Behind those that wait."""
    queue = folders.queue()
    queue.mkdir(parents=True, exist_ok=True)
    part = queue / f"{time.time_ns()}-{folder.name}.part"
    part.write_text(str(folder.resolve()), "utf-8")
    part.replace(part.with_suffix(".run"))


def leave_queue(folder: Path) -> None:
    for entry in queue_entries():
        if entry.stem.endswith(folder.name):
            entry.unlink(missing_ok=True)
