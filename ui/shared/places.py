"""Limit what a learner of a class may use of the machine; on a laptop nothing is counted."""

from functools import cache

from resnet_core import jobs, runs
from resnet_core.experiment.config import Experiment
from ui.shell.visitors import login, own

NEWEST = 20  # the run that trains is among these


def check_run(experiment: Experiment) -> None:
    """Raise OverLimit if one more run of this learner is too many."""
    if not login.configured():
        return
    from study.classroom import limits

    check_runs(1)
    limits.check_minutes(jobs.estimate(experiment).seconds, login.limits())
    check_disk()


def check_runs(more: int) -> None:
    """Raise OverLimit if `more` further runs of this learner may not wait."""
    if not login.configured():
        return
    from study.classroom import limits

    owner = own.owner()
    waiting = sum(f"-{owner}@" in entry.name for entry in runs.queue_entries())
    waiting += sum(runs.locked(run.folder / runs.LOCK) for run in runs.every(own.runs())[:NEWEST])
    limits.check_runs(waiting, login.limits(), more)


def check_disk() -> None:
    """Raise OverLimit if this learner's folder is full."""
    if login.configured():
        from study.classroom import limits

        limits.check_disk(own.home(), login.limits())


def disk_limit() -> int | None:
    """Return the bytes that this learner may take; None where nothing is counted."""
    return int(login.limits().disk_mb * 1e6) if login.configured() else None


def check_snippet() -> None:
    """Count a snippet of this learner. Raises OverLimit if it is one too many."""
    who = login.person()
    if who is not None:
        from study.classroom import limits

        limits.check_snippets(_counted("snippets"), who.profile, login.limits())


def warm_worker(code: str, tier_name: str):
    """Return a warm process for a snippet, or None if the snippet starts cold.

    It starts cold if no process waits or if this learner's share is used up.
    """
    from ui.shared import warm_pool

    who = login.person()
    if who is not None and not _counted("warm").take(who.profile, login.limits().warm_an_hour):
        return None
    return warm_pool.pool().take(code, tier_name)


@cache
def _counted(what: str):
    from study.classroom.limits import Hourly

    return Hourly()
