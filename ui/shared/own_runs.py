"""Start, find and list the runs of whoever this session belongs to. No other module does."""

from pathlib import Path

from resnet_core import jobs, runs
from resnet_core.experiment.config import Experiment
from ui.shared import places, review_log
from ui.shell.visitors import login, own


def start(experiment: Experiment, source: str = "") -> runs.Run:
    """Start a run. Raises UserError if it may not be started or cannot be written."""
    folder, owner = own.runs(), own.owner()
    places.check_run(experiment)
    if owner:
        _check_predicted(experiment)
    return jobs.start(experiment, source=source, owner=owner, root=folder)


def _check_predicted(experiment: Experiment) -> None:
    """Raise NotAllowed for an assigned experiment that this learner has not predicted."""
    from study.classroom.assignments import check_predicted

    log = review_log.the_store()
    who = login.person()
    if log is not None and who is not None and not who.teacher:
        known = review_log.assigned()
        check_predicted(experiment.name, known, log.standing(), review_log.today())


def load(run_id: str) -> runs.Run:
    """Return the session's own run of this name. Raises RunError if there is none."""
    return runs.load(own.runs() / Path(run_id).name)


def every() -> list[runs.Run]:
    """Return the session's own runs, the newest first."""
    return runs.every(own.runs())


def end_worker() -> None:
    """End a training process that does not respond. In a class only teachers may."""
    own.shared()
    jobs.end_worker()
