"""Start a run and control it: pause, one step, resume, stop, learning rate, surgery.

Each function raises RunError if the folder cannot be written.
"""

from dataclasses import asdict
from pathlib import Path

from resnet_core import runs
from resnet_core.experiment.config import Experiment
from resnet_core.experiment.surgery.cuts import Surgery
from resnet_core.jobs.executors import check_fit
from resnet_core.jobs.worker_files import forget_failures
from resnet_core.jobs.worker_process import ensure_worker


def start(
    experiment: Experiment, *, source: str = "", owner: str = "", root: Path | None = None
) -> runs.Run:
    """Write the run, put it in the queue and make sure that a worker is running.

    Raises ExecutorError for several seeds on a cluster.
    """
    check_fit(experiment)
    run = runs.create(experiment, source=source, owner=owner, root=root)
    _enqueue(run.folder)
    return run


def pause(folder: Path) -> None:
    """Ask the run to pause before its next step."""
    runs.request(folder, command="pause", until=0)


def step(folder: Path, count: int = 1) -> None:
    """Have a paused run take `count` more steps and rest again."""
    done = runs.history(folder).trained
    runs.request(folder, command="pause", until=done + count)
    _revive(folder)


def resume(folder: Path) -> None:
    """Resume a run from its pause, or from its last checkpoint if the worker is gone.

    Does nothing to a run that is done.
    """
    if runs.status(folder).name == "done":
        return
    runs.request(folder, command="run", until=0)
    _revive(folder)


def stop(folder: Path) -> None:
    """End the run and keep its results. If no worker holds it, it ends here."""
    runs.request(folder, command="stop", until=0)
    never_begun = not (folder / runs.EVENTS).exists()
    waits = runs.queued_place(folder) is not None
    if runs.locked(folder / runs.LOCK) or (waits and not never_begun):
        return  # the worker will see it
    runs.leave_queue(folder)
    past = runs.history(folder)
    if past.end is None:
        log = runs.Log(folder)
        log.write_end(status="stopped", reason=None, step=past.step, elapsed_s=past.seconds)
        log.close()


def set_rate(folder: Path, rate: float) -> None:
    """Set the (peak) learning rate from the next step on."""
    runs.request(folder, learning_rate=rate)


def operate(folder: Path, surgery: Surgery) -> None:
    """Have the nets trained with this surgery from the next step on, and with no other."""
    runs.request(folder, **asdict(surgery))


def _revive(folder: Path) -> None:
    """Put a run back into the queue, unless a worker holds it or it waits already."""
    check_fit(runs.load(folder).experiment)
    if runs.locked(folder / runs.LOCK) or runs.queued_place(folder) is not None:
        ensure_worker()
    else:
        _enqueue(folder)


def _enqueue(folder: Path) -> None:
    """Put a run into the queue. Since a person asked, a worker that failed is tried again."""
    runs.enter_queue(folder)
    forget_failures()
    ensure_worker()
