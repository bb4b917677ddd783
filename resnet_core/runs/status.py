"""The status of a run, derived from its queue entry, its log and its lock. Nothing is written."""

from dataclasses import dataclass
from pathlib import Path

from base.messages import Message
from resnet_core.runs.folder import LOCK, locked
from resnet_core.runs.log import History, history
from resnet_core.runs.queue import queued_place


@dataclass(frozen=True)
class Status:
    """`name`: queued, starting, running, paused, done, stopped, failed or crashed.

    `step` is how many steps every arm has completed; `reason` is said for failed and crashed.
    """

    name: str
    step: int = 0
    reason: Message | None = None

    @property
    def live(self) -> bool:
        return self.name in ("queued", "starting", "running")

    @property
    def resumable(self) -> bool:
        return self.name in ("crashed", "paused", "stopped", "failed")


def status(folder: Path, past: History | None = None) -> Status:
    """Derived from the queue, the events since the last `started` and the lock; in this order.

    A run stays in the queue until its worker has written `started`.
    """
    past = past or history(folder)
    if queued_place(folder) is not None:
        return Status("starting" if locked(folder / LOCK) else "queued", past.step)
    end = next(iter(past.of("end")), None)
    if end is not None:
        return Status(end["status"], past.step, _words(end.get("reason")))
    last = next((e["state"] for e in reversed(past.of("state"))), "starting")
    if locked(folder / LOCK):
        return Status(last if last in ("running", "paused") else "starting", past.step)
    if last == "parked":
        return Status("paused", past.step)
    english = "The worker is gone without a word: it was killed, or the machine ran out of memory."
    return Status("crashed", past.step, Message("runs.worker_gone", {}, english))


def held(folder: Path) -> bool:
    """Whether a worker has the run or will take it: its folder is not to be deleted."""
    return queued_place(folder) is not None or locked(folder / LOCK)


def _words(data: dict | None) -> Message | None:
    return Message.from_json(data) if data else None
