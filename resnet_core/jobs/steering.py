"""Start a run and steer it: pause, one step, resume, stop, another learning rate."""

from pathlib import Path

from resnet_core import runs
from resnet_core.experiment.config import Experiment
from resnet_core.jobs.worker_process import tend


def start(experiment: Experiment, *, source: str = "", root: Path | None = None) -> runs.Run:
    """Write the run, put it in the queue and see that a worker lives. Raises RunError."""
    run = runs.create(experiment, source=source, root=root)
    runs.enter_queue(run.folder)
    tend()
    return run


def pause(folder: Path) -> None:
    runs.set_wish(folder, want="pause", until=0)


def step(folder: Path, count: int = 1) -> None:
    """A paused run takes `count` more steps and pauses again."""
    done = runs.history(folder).step
    runs.set_wish(folder, want="pause", until=done + count)
    _revive(folder)


def resume(folder: Path) -> None:
    """Go on: from the pause, or from the last checkpoint when the worker is gone."""
    runs.set_wish(folder, want="run", until=0)
    _revive(folder)


def stop(folder: Path) -> None:
    """End the run and keep its results. One that only waits leaves the queue."""
    runs.set_wish(folder, want="stop", until=0)
    if runs.status(folder).name == "queued" and not (folder / runs.EVENTS).exists():
        runs.leave_queue(folder)
        log = runs.Log(folder)
        log.write("end", status="stopped", reason=None, step=0, elapsed_s=0.0)
        log.close()


def set_rate(folder: Path, rate: float) -> None:
    """The (peak) learning rate from the next step on."""
    runs.set_wish(folder, learning_rate=rate)


def _revive(folder: Path) -> None:
    """Back into the queue, unless a worker holds the run or it waits already."""
    if not runs.locked(folder / runs.LOCK) and runs.queued_place(folder) is None:
        runs.enter_queue(folder)
    tend()
