"""Start and follow the learner's own run of a claim, and draw its verdict at the end."""

from pathlib import Path

import streamlit as st

from base.messages import UserError
from resnet_core import jobs, runs
from resnet_core.claims import Claim, Evidence, Trial, watched
from resnet_core.claims.shared_runs import complete
from resnet_core.claims.shown import number
from resnet_core.data import cifar
from resnet_core.experiment.config import Experiment
from ui.claims import wording
from ui.lab.labels import data_name, duration
from ui.lab.watch.queue_place import queued
from ui.shared import own_runs, places
from ui.shell import navigation, pace
from ui.shell.i18n import t, word
from ui.shell.visitors import access

MINUTES_FROM_S = 100


def live_run(claim: Claim) -> None:
    """Draw the button that repeats a claim, and the runs that it has started."""
    if not claim.experiments:
        st.caption(t("claim.nothing_to_train"))
        return
    refusal = access.refusal()
    started = st.session_state.get(_slot(claim), [])
    alive = any(_alive(folder, runs.followed(folder)) for folder in started)
    pressed = st.button(
        _label(claim),
        key=f"claim_start_{claim.name}",
        disabled=bool(refusal) or alive,
        help=refusal or None,
    )
    if pressed and _start(claim):
        st.rerun()  # the button can be pressed again when the runs have ended
    if started:
        every = pace.seconds(alive)
        st.fragment(_follow, run_every=every)(claim, started, every)


def _slot(claim: Claim) -> str:
    return f"claim_runs_{claim.name}"


def _label(claim: Claim) -> str:
    trials = watched(claim, 0, "cifar10")
    seconds = sum(jobs.estimate(trial.experiment).seconds for trial in trials)
    if seconds >= MINUTES_FROM_S:
        return t("claim.run_minutes", minutes=round(seconds / 60))
    return t("claim.run", seconds=round(seconds))


def _start(claim: Claim) -> bool:
    """Put the runs of the claim in the queue, on real images if there are any.

    Return whether they are there; otherwise the page says why not.
    """
    try:
        cifar.find()
        dataset = "cifar10"
    except UserError:
        dataset = "synthetic"
    try:
        trials = watched(claim, 0, dataset)
        places.check_runs(len(trials))  # all of them or none
        folders = [_started(trial) for trial in trials]
    except UserError as error:
        st.error(word(error.message))
        return False
    st.session_state[_slot(claim)] = folders
    return True


def _started(trial: Trial) -> Path:
    run = own_runs.start(trial.experiment)
    trial.prepare(run)
    return run.folder


def _alive(folder: Path, past: runs.History) -> bool:
    status = runs.status(folder, past)
    return status.live or status.name == "paused"


def _follow(claim: Claim, folders: list[Path], every: float | None) -> None:
    jobs.ensure_worker()
    histories = [runs.followed(folder) for folder in folders]
    pace.keep(every, any(map(_alive, folders, histories)))
    if all(complete(past) for past in histories):
        _verdict(claim, histories)
        for folder in folders:
            navigation.link("lab", t("claim.see"), run=folder.name)
    elif not _broken(folders, histories):
        _progress(claim, folders, histories)


def _broken(folders: list[Path], histories: list[runs.History]) -> bool:
    """Say why a run did not complete. Return whether there is such a run."""
    for folder, past in zip(folders, histories, strict=True):
        status = runs.status(folder, past)
        if status.name in ("failed", "stopped", "crashed") and not complete(past):
            st.warning(word(status.reason) if status.reason else t(f"status.{status.name}"))
            navigation.link("lab", t("claim.see"), run=folder.name)
            return True
    return False


def _progress(claim: Claim, folders: list[Path], histories: list[runs.History]) -> None:
    trials = watched(claim, 0, "cifar10")
    for trial, folder, past in zip(trials, folders, histories, strict=True):
        if runs.status(folder, past).name == "paused":
            trial.tend(runs.load(folder), past)
    if runs.status(folders[0], histories[0]).name == "queued":
        queued(folders[0])
        return
    steps = sum(trial.experiment.train.steps for trial in trials)
    if not steps:
        _measuring([trial.experiment for trial in trials], histories)
        return
    done = sum(past.step for past in histories)
    told = t("claim.running", step=done, steps=steps) if done else t("claim.preparing")
    st.progress(min(1.0, done / steps), told)


def _measuring(experiments: list[Experiment], histories: list[runs.History]) -> None:
    """Draw how many readings of nets that are not trained are done."""
    total = sum(len(one.measure) * len(one.arms) for one in experiments)
    if not total:  # nets that are only built
        st.progress(0.0, t("claim.building"))
        return
    done = min(total, sum(len(past.of("diagnostic")) for past in histories))
    seconds = duration(sum(past.seconds for past in histories))
    text = t("status.running_measuring", done=done, total=total, seconds=seconds)
    st.progress(done / total, text)


def _verdict(claim: Claim, histories: list[runs.History]) -> None:
    evidence = Evidence(histories)
    value, control = claim.measure(evidence), claim.control.measure(evidence)
    holds = claim.predicate.holds(value) and claim.control.predicate.holds(control)
    text = t(
        "claim.yours_holds" if holds else "claim.yours_fails",
        quantity=word(claim.words("quantity")),
        value=number(value),
        asked=wording.asked(claim.predicate),
        control=number(control),
        absent=wording.asked(claim.control.predicate),
        data=data_name(histories[0].started["data"]["label"]) if histories[0].started else "",
        seconds=f"{sum(past.seconds for past in histories):.0f}",
    )
    (st.success if holds else st.warning)(text)
