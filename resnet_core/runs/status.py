"""Derive the status of a run from its queue entry, its log and its lock. Nothing is written."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from base.messages import Message
from resnet_core.runs.folder import LOCK, locked
from resnet_core.runs.log import reserve
from resnet_core.runs.log.events import Event
from resnet_core.runs.log.history import SEED_DIVERGED, SEED_DONE, History, history
from resnet_core.runs.queue import queued_place

DISK_FULL = Message("runs.disk_full")


@dataclass(frozen=True)
class Status:
    """Hold a status. `name`: queued, starting, running, paused, done, stopped, failed or crashed.

    `step` is how many steps every arm has completed, in all seeds together; `reason` is said for
    failed and crashed.
    """

    name: str
    step: int = 0
    reason: Message | None = None

    @property
    def live(self) -> bool:
        """Return whether a worker trains the run or will."""
        return self.name in ("queued", "starting", "running")

    @property
    def resumable(self) -> bool:
        """Return whether the run can be resumed."""
        return self.name in ("crashed", "paused", "stopped", "failed")


def status(folder: Path, past: History | None = None) -> Status:
    """Derive the status from the queue, the events since the last `started` and the lock.

    A run stays in the queue until its worker has written `started`.
    """
    past = past or history(folder)
    if queued_place(folder) is not None:
        return Status("starting" if locked(folder / LOCK) else "queued", past.trained)
    if past.end is not None:
        return Status(past.end["status"], past.trained, _reason(past.end))
    last = next((e["state"] for e in reversed(past.of("state"))), "starting")
    if locked(folder / LOCK):
        last = "running" if last in ("measuring", SEED_DONE, SEED_DIVERGED) else last
        return Status(last if last in ("running", "paused") else "starting", past.trained)
    if last == "parked":
        return Status("paused", past.trained)
    reason = DISK_FULL if _disk_is_full(folder) else reserve.why_the_writer_is_gone(folder)
    return Status("crashed", past.trained, reason)


def _reason(end: Event) -> Message | None:
    reason = end.get("reason")
    return Message.from_json(reason) if reason else None


def _disk_is_full(folder: Path) -> bool:
    """Return whether the disk has no room even for the end of a run, which explains its absence."""
    try:
        return shutil.disk_usage(folder).free < reserve.SIZE
    except OSError:
        return False
