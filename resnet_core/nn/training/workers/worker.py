"""Take runs from the queue and train them, as the one worker process of a machine.

    python -m resnet_core.nn.training.workers.worker --linger SECONDS

It holds `worker.lock` while it lives, so a second worker ends at once. TensorFlow is imported after
that. While nothing waits it traces the demonstration's nets and builds those that someone has
chosen on the lab's page, so that Start responds at once; once on a machine it measures how fast
that is. With RESIDUAL_AHEAD=0 it does none of this and only waits. It ends after it was idle for
`--linger` seconds. It outlives the app: closing a page stops no run.

TensorFlow sets its number of threads once. A run whose arms share the cores differently is left to
a successor.
"""

import argparse
import os
import signal
import sys
import time

from filelock import FileLock

from resnet_core import jobs, runs
from resnet_core.experiment.config import Experiment
from resnet_core.experiment.presets import DEMONSTRATION, PRESETS

IDLE_LOOK_S = 0.05
ARMS_KEPT = 6
AHEAD = "RESIDUAL_AHEAD"
CALIBRATE_AFTER_S = 8.0  # a worker that has waited for so long measures the machine


def main() -> int:
    """Serve the queue. The exit status says whether the worker could do so."""
    parser = argparse.ArgumentParser(description="Train the runs that wait in the queue.")
    parser.add_argument("--linger", type=float, default=0.0, help="seconds to stay when idle")
    linger = parser.parse_args().linger
    made: list[Worker] = []

    def make() -> Worker:
        made.append(Worker(linger))
        return made[0]

    status = jobs.hold(make)
    if made and made[0].needs_successor:
        jobs.ensure_worker(linger)
    return status


class Worker:
    """Take runs from the queue, one after the other. The constructor imports TensorFlow."""

    def __init__(self, linger: float):
        self.linger = linger
        self.leaving = self.needs_successor = False
        self._state = "starting"
        signal.signal(signal.SIGTERM, self._leave)
        self._set_up()

    def _set_up(self) -> None:
        from resnet_core.nn import runtime
        from resnet_core.nn.bench.calibration import Calibration
        from resnet_core.nn.training.workers.arm_cache import ArmCache

        first, demonstration = _next(), PRESETS[DEMONSTRATION]
        runtime.prepare(len((first.experiment if first else demonstration).arms))
        self._prepared_for = runtime.prepared_for
        ahead = self.linger > 0 and os.environ.get(AHEAD) != "0"
        self._warms = ahead and runtime.prepared_for(len(demonstration.arms))
        self._cache = ArmCache(ARMS_KEPT)
        self._calibration = Calibration()
        self._refused: Experiment | None = None  # a choice whose nets could not be built

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
            elif self._warms and self._prepares(time.monotonic() - idle_since):
                continue  # one net was prepared; look at the queue again
            elif time.monotonic() - idle_since >= self.linger:
                break
            else:
                self._tell("ready")
                time.sleep(IDLE_LOOK_S)

    def _prepares(self, idle_s: float) -> bool:
        """Prepare the next net, or measure on. Return False if there is nothing to do."""
        if self._cache.warm_next():
            return True
        chosen = jobs.chosen_next()
        if chosen is not None and chosen != self._refused and self._builds(chosen):
            return True
        return idle_s >= CALIBRATE_AFTER_S and self._calibration.next()

    def _builds(self, chosen: Experiment) -> bool:
        """Build the next net of a choice. Return False if there is none, or if it fails."""
        try:
            return self._prepared_for(len(chosen.arms)) and self._cache.build_next(chosen)
        except Exception as error:  # its Start says so on the page; the worker goes on waiting
            print(f"A chosen net could not be built ahead: {error}.", file=sys.stderr)
            self._refused = chosen
            return False

    def _leave(self, *_: object) -> None:
        self.leaving = True

    def _train(self, run: runs.Run) -> None:
        """Train a run; whatever happens, it does not wait in the queue afterwards."""
        from resnet_core.nn.training.workers import one_run

        try:
            with FileLock(run.folder / runs.LOCK, timeout=5):
                if one_run.train(
                    run, self._cache, lambda: self.leaving, lambda: runs.leave_queue(run.folder)
                ):
                    self._note_speed(run)
        except OSError as error:  # a disk that takes nothing: the status is derived without it
            print(f"{run.folder}: the run could not be written: {error}.", file=sys.stderr)
        finally:
            runs.leave_queue(run.folder)

    def _note_speed(self, run: runs.Run) -> None:
        jobs.note_speed(run, runs.history(run.folder))

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


if __name__ == "__main__":
    sys.exit(main())
