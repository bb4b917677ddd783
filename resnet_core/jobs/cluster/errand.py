"""Keep, at home, a run that is trained elsewhere: its lock, its one writer, and its news."""

import errno
import shutil
import time
from datetime import UTC, datetime

from filelock import FileLock

from base.messages import Message
from resnet_core import runs
from resnet_core.jobs.cluster.parcel import Known, News, Parcel, inside, pack
from resnet_core.runs import checkpoints
from resnet_core.runs.log.events import decode

MOST_LOSSES = 3  # seats lost in a row without a checkpoint in between
PARK_AFTER_IN_COMPANY_S = 60.0  # a paused run then gives up its seat, if another run waits
LOCK_WITHIN_S = 5.0  # a process that only tests the lock holds it for a moment


class Errand:
    """Carry a run between home and a seat. Raises OSError if its folder cannot be written.

    A seat may be lost at any time. What was written stays, and the next seat goes on from the last
    checkpoint that arrived. Its `started` event makes every reader forget the steps after that, as
    it does after a worker of this machine was killed.
    """

    def __init__(self, run: runs.Run):
        self.run = run
        self.over = False
        self._lock = FileLock(run.folder / runs.LOCK, timeout=LOCK_WITHIN_S)
        self._lock.acquire()
        try:
            past = runs.history(run.folder)
            self.done = past.end is not None and past.end["status"] == "done"
            self._log = runs.Log(run.folder)
        except BaseException:
            self._lock.release()
            raise
        self._step, self._seconds = past.step, past.seconds
        self._state = ""
        self._paused_at: float | None = None
        self._losses = 0
        self._known = Known()
        self._summaries_are_old = True
        self._asked_at = -1  # the modification time of control.json that the seat has heard of
        if not self.done:
            self._say("sent")

    @property
    def arms(self) -> int:
        """Return how many arms train side by side."""
        return len(self.run.experiment.arms)

    @property
    def known(self) -> Known:
        """Return what has arrived, so that the seat sends only the rest."""
        return self._known

    def parcel(self) -> Parcel:
        """Return what a seat needs to continue the run from its last checkpoint."""
        self._asked_at = self._control_changed()
        self._summaries_are_old = True
        packed = pack(self.run, _waited(self.run))
        kept = {name.rpartition("/")[2] for name in packed.files if name.endswith(".npz")}
        self._known = Known({runs.EVENTS: len(packed.files[runs.EVENTS])}, frozenset(kept))
        return packed

    def take_in(self, news: News) -> None:
        """Write what a seat reports: first the events, then the checkpoints that they lead to."""
        grown = dict(self._known.grown)
        for name, more in news.grown.items():
            if name == runs.EVENTS:
                self._follow(more)
                self._log.append(more)
            else:
                self._append(name, more)
            grown[name] = grown.get(name, 0) + len(more)
        for name, data in news.checkpoints.items():
            checkpoints.keep(self.run.folder / runs.CHECKPOINTS, name, data)
            self._losses = 0
        arrived = sorted(self._known.checkpoints | news.checkpoints.keys())
        self._known = Known(grown, frozenset(arrived[-2 * checkpoints.KEPT :]))
        self.over = news.over
        if news.over and self._state not in ("end", "parked"):
            self.fail(Message("runs.internal", {"error": "the run was given up"}))

    def asks(self) -> bytes | None:
        """Return control.json if it has changed since the seat heard of it."""
        changed = self._control_changed()
        if changed == self._asked_at:
            return None
        try:
            data = (self.run.folder / runs.CONTROL).read_bytes()
        except FileNotFoundError:
            return None
        self._asked_at = changed
        return data

    def rests_too_long(self) -> bool:
        """Return whether the run has paused for so long that a waiting run gets its seat."""
        paused = self._paused_at
        return paused is not None and time.monotonic() - paused > PARK_AFTER_IN_COMPANY_S

    def lose_seat(self, why: str) -> None:
        """Note that the seat is gone. After MOST_LOSSES the run fails, as it may be the cause."""
        if self._state in ("end", "parked"):
            self.over = True  # everything had arrived
            return
        self._losses += 1
        self._paused_at = None
        told = f"The seat of this run is gone ({why}). It goes on elsewhere.\n"
        self._append(runs.LOG, told.encode())
        if self._losses < MOST_LOSSES:
            self._say("seat_lost")
        else:
            self.fail(Message("runs.seats_lost", {"times": self._losses}))

    def note_place(self, place: str) -> None:
        """Write into worker.log, for people, where the run is trained."""
        self._append(runs.LOG, f"Trained on {place}.\n".encode())

    def is_stopped(self) -> bool:
        """End a run that waits for another seat if it was asked to stop; return whether it was."""
        if runs.control(self.run.folder).command != "stop":
            return False
        self._end("stopped", None)
        return True

    def park(self) -> None:
        """Set aside a run that has no seat. It can be resumed from its last checkpoint."""
        self._say("parked")
        self.over = True

    def fail(self, reason: Message) -> None:
        """End the run as failed, with a reason."""
        self._end("failed", reason)

    def fail_to_write(self, error: OSError) -> None:
        """End the run as failed because its folder cannot be written."""
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        reason = runs.DISK_FULL if full else runs.cannot_write(self.run.folder, error).message
        self.fail(reason)

    def close(self) -> None:
        """Close the log and release the lock."""
        self._log.close()
        self._lock.release()

    def _follow(self, lines: bytes) -> None:
        for line in lines.splitlines():
            event = decode(line)
            if event is None:
                continue
            self._step = event.get("step") or event.get("from_step", self._step)
            self._seconds = float(event.get("elapsed_s", self._seconds))
            if event["kind"] == "end":
                self._state = "end"
            elif event["kind"] == "state":
                self._state = event["state"]
                self._paused_at = time.monotonic() if self._state == "paused" else None

    def _append(self, name: str, more: bytes) -> None:
        """Append to a file for people. The first summaries of a seat replace the earlier ones."""
        path = inside(self.run.folder, name)
        summaries = self.run.folder / runs.SUMMARIES
        if self._summaries_are_old and summaries in path.parents:
            shutil.rmtree(summaries, ignore_errors=True)
            self._summaries_are_old = False
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "ab") as file:
            file.write(more)

    def _say(self, state: str) -> None:
        self._state = state
        self._log.write("state", state=state, step=self._step, elapsed_s=self._seconds)

    def _end(self, status: str, reason: Message | None) -> None:
        self.over, self._state = True, "end"
        told = reason.to_json() if reason else None
        self._log.write_end(status=status, reason=told, step=self._step, elapsed_s=self._seconds)

    def _control_changed(self) -> int:
        try:
            return (self.run.folder / runs.CONTROL).stat().st_mtime_ns
        except FileNotFoundError:
            return -1


def _waited(run: runs.Run) -> float:
    waited = datetime.now(UTC) - datetime.fromisoformat(run.created)
    return max(0.0, waited.total_seconds())
