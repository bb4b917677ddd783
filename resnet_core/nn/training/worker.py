"""Take runs from the queue and train them, as the one worker process of a machine.

    python -m resnet_core.nn.training.worker --linger SECONDS

It holds `worker.lock` while it lives, so a second worker ends at once. TensorFlow is imported after
that. While nothing waits it traces the demonstration's nets, so that Start responds at once. It
ends after it was idle for `--linger` seconds. It outlives the app: closing a page stops no run.

TensorFlow sets its number of threads once. A run whose arms share the cores differently is left to
a successor.
"""

import argparse
import errno
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from base import folders
from base.messages import Message, UserError
from resnet_core import jobs, runs
from resnet_core.experiment.presets import DEMONSTRATION, PRESETS

if TYPE_CHECKING:
    from resnet_core.nn.training.record import Record

IDLE_LOOK_S = 0.05
ARMS_KEPT = 6


def main() -> int:
    """Serve the queue. The exit status says whether the worker could do so."""
    parser = argparse.ArgumentParser(description="Train the runs that wait in the queue.")
    parser.add_argument("--linger", type=float, default=0.0, help="seconds to stay when idle")
    linger = parser.parse_args().linger
    folders.home().mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folders.home() / jobs.WORKER_LOCK, timeout=0):
            jobs.tell("starting")
            jobs.Heart().start()
            try:
                worker = Worker(linger)
            except Exception as error:  # TensorFlow cannot be imported, or does not set itself up
                traceback.print_exc()
                jobs.note_failure(f"{type(error).__name__}: {error}"[:300])
                return jobs.COULD_NOT_START
            jobs.forget_failures()
            worker.serve()
    except Timeout:
        return 0  # another worker lives; it will find the queue
    if worker.needs_successor:
        jobs.ensure_worker(linger)
    return 0


class Worker:
    """Take runs from the queue, one after the other. The constructor imports TensorFlow."""

    def __init__(self, linger: float):
        self.linger = linger
        self.leaving = self.needs_successor = False
        self._state = "starting"
        signal.signal(signal.SIGTERM, self._leave)
        from resnet_core.nn import runtime
        from resnet_core.nn.training.arm_cache import ArmCache

        first, demonstration = _next(), PRESETS[DEMONSTRATION]
        runtime.prepare(len((first.experiment if first else demonstration).arms))
        self._prepared_for = runtime.prepared_for
        self._warms = linger > 0 and runtime.prepared_for(len(demonstration.arms))
        self._cache: ArmCache = ArmCache(ARMS_KEPT)

    def serve(self) -> None:
        """Train waiting runs until there is nothing to do for a while, or someone asks to end."""
        idle_since = time.monotonic()
        while not self.leaving:
            run = _next()
            if run is not None and not self._prepared_for(len(run.experiment.arms)):
                self.needs_successor = True
                break
            if run is not None:
                self._tell("busy")
                runs.note_turn(run)
                self._train(run)
                idle_since = time.monotonic()
            elif self._warms and self._cache.warm_next():
                continue  # one of the demonstration's nets was traced; look at the queue again
            elif time.monotonic() - idle_since >= self.linger:
                break
            else:
                self._tell("ready")
                time.sleep(IDLE_LOOK_S)

    def _leave(self, *_: object) -> None:
        self.leaving = True

    def _train(self, run: runs.Run) -> None:
        """Train a run; whatever happens, it does not wait in the queue afterwards."""
        try:
            with FileLock(run.folder / runs.LOCK, timeout=5), _output_to(run.folder / runs.LOG):
                self._train_locked(run)
        except OSError as error:  # a disk that takes nothing: the status is derived without it
            print(f"{run.folder}: the run could not be written: {error}.", file=sys.stderr)
        finally:
            runs.leave_queue(run.folder)

    def _train_locked(self, run: runs.Run) -> None:
        """Train a run, unless it is done already: two windows may both have asked to resume it."""
        from resnet_core.nn.training.record import Record

        log = runs.Log(run.folder)
        try:
            record = Record(run, log)
            if record.past.end is None or record.past.end["status"] != "done":
                record.state("building")
                runs.leave_queue(run.folder)
                self._train_recorded(record)
                jobs.note_speed(run, runs.history(run.folder))
        finally:
            log.close()

    def _train_recorded(self, record: "Record") -> None:
        from resnet_core.nn.training.loop import Parked

        try:
            while self._train_seed(record) and record.next_seed():
                pass
        except Parked:
            return
        except UserError as error:
            record.end("failed", error.message)
        except Exception as error:  # the last line of defence: said on the page, whole in the log
            traceback.print_exc()
            record.end("failed", _why(error))

    def _train_seed(self, record: "Record") -> bool:
        """Train the seed that the record is at; return False where the run was asked to stop."""
        from resnet_core.nn.training.loop import Training

        training = Training(record, self._cache.arm_for, lambda: self.leaving)
        try:
            training.go()
        finally:
            training.close()
        return not training.stopped

    def _tell(self, state: jobs.State) -> None:
        """Write what the worker does if it changed."""
        if self._state != state:
            jobs.tell(state)
            self._state = state


def _next() -> runs.Run | None:
    """Return the run that waits longest. Entries without a run are dropped."""
    for entry in runs.queue_entries():
        run = runs.queued_run(entry)
        if run is not None:
            return run
        entry.unlink(missing_ok=True)
    return None


def _why(error: Exception) -> Message:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return runs.DISK_FULL
    if isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError":
        return Message("runs.out_of_memory")
    told = f"{type(error).__name__}: {error}"[:300]
    return Message("runs.internal", {"error": told})


class _output_to:  # noqa: N801 - used as a verb
    """Sends standard output and error of the process to a run's log for people."""

    def __init__(self, path: Path):
        self.path = path

    def __enter__(self) -> None:
        self._kept = [os.dup(1), os.dup(2)]
        with open(self.path, "ab") as log:
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)

    def __exit__(self, *_: object) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        for target, kept in enumerate(self._kept, start=1):
            os.dup2(kept, target)
            os.close(kept)


if __name__ == "__main__":
    sys.exit(main())
