"""The runs of whoever this session belongs to: started, found and listed here alone."""

from pathlib import Path

from resnet_core import jobs, runs
from resnet_core.experiment.config import Experiment
from ui.shared import places, review_log
from ui.shell.visitors import login, own


def start(experiment: Experiment, source: str = "") -> runs.Run:
    """Start a run. Raises UserError where it may not be started or cannot be written."""
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
    """Return the run of this name, of one's own. Raises RunError where there is none."""
    return runs.load(own.runs() / Path(run_id).name)


def every() -> list[runs.Run]:
    """Return one's runs, the newest first."""
    return runs.every(own.runs())


def end_worker() -> None:
    """End a training process that does not respond; in a class everybody's, so a teacher does."""
    own.shared()
    jobs.end_worker()
