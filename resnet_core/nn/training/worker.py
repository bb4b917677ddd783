"""The worker process: one per machine, it takes runs from the queue and trains them.

    python -m resnet_core.nn.training.worker --linger SECONDS

It holds `worker.lock` for life, so a second one ends at once. TensorFlow is imported after that.
While nothing waits it traces the demonstration's nets, so that Start answers at once; it leaves
when it was idle for `--linger` seconds. It outlives the app: closing a page stops no run.

TensorFlow takes its number of threads once. A run whose arms share the cores another way is left
to a successor.
"""

import argparse
import errno
import os
import signal
import sys
import time
import traceback
from pathlib import Path

from filelock import FileLock, Timeout

from base import folders
from base.files import write_json
from base.messages import Message, UserError
from resnet_core import jobs, runs
from resnet_core.experiment.presets import DEMONSTRATION, PRESETS
from resnet_core.jobs import WORKER_LOCK, WORKER_STATE

IDLE_LOOK_S = 0.05
ARMS_KEPT = 6


def main() -> int:
    parser = argparse.ArgumentParser(description="Train the runs that wait in the queue.")
    parser.add_argument("--linger", type=float, default=0.0, help="seconds to stay when idle")
    linger = parser.parse_args().linger
    folders.home().mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folders.home() / WORKER_LOCK, timeout=0):
            worker = Worker(linger)
            worker.serve()
    except Timeout:
        return 0  # another worker lives; it will find the queue
    if worker.needs_successor:
        jobs.tend(linger)
    return 0


class Worker:
    def __init__(self, linger: float):
        self.linger = linger
        self.leaving = self.needs_successor = False
        signal.signal(signal.SIGTERM, self._leave)

    def _leave(self, *_) -> None:
        self.leaving = True

    def serve(self) -> None:
        self._tell("starting")
        from resnet_core.nn import runtime
        from resnet_core.nn.training.arm_cache import Shelf

        first, demonstration = self._next(), PRESETS[DEMONSTRATION]
        runtime.prepare(len((first.experiment if first else demonstration).arms))
        warms = self.linger and runtime.prepared_for(len(demonstration.arms))
        self.shelf = Shelf(ARMS_KEPT)
        idle_since = time.monotonic()
        while not self.leaving:
            run = self._next()
            if run is not None and not runtime.prepared_for(len(run.experiment.arms)):
                self.needs_successor = True
                break
            if run is not None:
                self._tell("busy")
                self._train(run)
                idle_since = time.monotonic()
            elif warms and self.shelf.warm_next():
                continue  # traced one of the demonstration's nets; look at the queue again
            elif time.monotonic() - idle_since >= self.linger:
                break
            else:
                self._tell("ready")
                time.sleep(IDLE_LOOK_S)

    def _next(self) -> runs.Run | None:
        """The run that waits longest; entries that lead nowhere are dropped."""
        for entry in runs.queue_entries():
            try:
                return runs.load(Path(entry.read_text("utf-8")))
            except (OSError, runs.RunError):
                entry.unlink(missing_ok=True)
        return None

    def _train(self, run: runs.Run) -> None:
        with FileLock(run.folder / runs.LOCK, timeout=5), _output_to(run.folder / runs.LOG):
            log = runs.Log(run.folder)
            try:
                self._train_logged(run, log)
            finally:
                log.close()
                runs.leave_queue(run.folder)

    def _train_logged(self, run: runs.Run, log: runs.Log) -> None:
        from resnet_core.nn.training.loop import Diverged, Parked, Training

        training = Training(run, log, self.shelf.arm_for, lambda: self.leaving)
        try:
            training.go()
        except Parked:
            return
        except (Diverged, UserError) as error:
            self._failed(log, training, error.message)
        except Exception as error:  # the last line of defence: said on the page, whole in the log
            traceback.print_exc()
            self._failed(log, training, _why(error))
        finally:
            training.close()

    def _failed(self, log: runs.Log, training, words: Message) -> None:
        try:
            log.write(
                "end", durable=True, step=training.step, status="failed", reason=words.to_json()
            )
        except OSError as error:  # a full disk: the status is derived from the lock instead
            print(f"The end of the run could not be written: {error}", file=sys.stderr)

    def _tell(self, state: str) -> None:
        """For the lab's line about the worker; only when it changed."""
        if getattr(self, "_told", None) != state:
            write_json(folders.home() / WORKER_STATE, {"state": state, "pid": os.getpid()})
            self._told = state


def _why(error: Exception) -> Message:
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        english = "The disk is full. Free some space, then resume: nothing before was damaged."
        return Message("runs.disk_full", {}, english)
    if isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError":
        english = "The memory did not suffice. Try a smaller batch, width or depth."
        return Message("runs.out_of_memory", {}, english)
    told = f"{type(error).__name__}: {error}"[:300]
    english = f"The worker met an error it does not know ({told}). worker.log has the details."
    return Message("runs.internal", {"error": told}, english)


class _output_to:  # noqa: N801 - used as a verb
    """Standard output and error of the process go to a run's log for people."""

    def __init__(self, path: Path):
        self.path = path

    def __enter__(self) -> None:
        self._kept = [os.dup(1), os.dup(2)]
        with open(self.path, "ab") as log:
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)

    def __exit__(self, *_) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        for target, kept in enumerate(self._kept, start=1):
            os.dup2(kept, target)
            os.close(kept)


if __name__ == "__main__":
    sys.exit(main())
