"""Before the run: a teacher opens a demonstration, learners predict, and the teacher starts it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from base import folders
from base.messages import UserError
from resnet_core import jobs, runs
from resnet_core.diagnosis import readings
from resnet_core.experiment.presets import PRESETS
from study.classroom import demonstrations, rights
from study.classroom.demonstrations import Demonstration
from study.classroom.people import Person
from ui.lab import prediction
from ui.lab.dataset_check import datasets
from ui.shared import review_log
from ui.shell.i18n import t, word
from ui.shell.visitors import login

COUNT_EVERY_S = 3.0
TOLD = "class_live_told"  # why a prediction was not kept, for the next run


def opening(who: Person) -> None:
    """Draw the form by which a teacher opens an experiment for predictions."""
    st.markdown(t("class.live_what"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            t("class.live_choose"),
            list(PRESETS),
            format_func={name: t(f"preset.{name}.title") for name in PRESETS}.get,
            key="live_experiment",
            width=260,
        )
        if st.button(t("class.live_open"), key="live_open", type="primary"):
            _try(partial(demonstrations.begin, review_log.the_whole(), who, chosen))


def collecting(who: Person, shown: Demonstration) -> None:
    """Draw how many have predicted, and the buttons that start or cancel."""
    st.markdown(f"**{t(f'preset.{shown.experiment}.title')}** · {t('class.live_open_told')}")
    st.fragment(_how_many, run_every=COUNT_EVERY_S)(shown)
    try:
        jobs.warm()
    except UserError as error:
        st.error(word(error.message), icon=":material/error:")
    names, _ = datasets()
    with st.container(horizontal=True):
        if st.button(t("class.live_start"), key="live_start", type="primary"):
            _try(partial(start, who, shown, names[0]))
        if st.button(t("class.live_cancel"), key="live_end"):
            _try(partial(demonstrations.end, review_log.the_whole(), who, shown))


def start(who: Person | None, shown: Demonstration, dataset: str) -> None:
    """Count what was predicted and start the run that everybody follows.

    Does nothing if it was started or ended meanwhile, from another tab or by another teacher.
    """
    rights.teacher(who)
    store = review_log.the_whole()
    if demonstrations.current(store) != shown:
        return
    counts, _ = demonstrations.counted(store, who, shown)
    experiment = replace(PRESETS[shown.experiment], dataset=dataset)
    run = jobs.start(experiment, owner=runs.OF_CLASS, root=folders.of_class() / "runs")
    demonstrations.start(store, who, shown, run.id, counts)


def predicting(who: Person, shown: Demonstration) -> None:
    """Draw the question, and once it is answered what this learner said."""
    log = review_log.the_store()
    if log is None:
        return
    arms = list(PRESETS[shown.experiment].arms)
    refused = st.session_state.pop(TOLD, None)
    if refused is not None:
        st.warning(word(refused))
    with st.container(border=True, key="live_predict"):
        st.subheader(t(f"preset.{shown.experiment}.title"), anchor=False)
        told = demonstrations.stated(shown, log.standing())
        if told is None:
            st.markdown(t("lab.predict", gap=readings.GAP))
            with st.container(horizontal=True, vertical_alignment="bottom"):
                prediction.ask(arms, "live", shown.id, partial(_predict, shown))
            return
        choice = prediction.choice_word(told.body["choice"], arms)
        st.markdown(t("lab.predicted", choice=choice, sure=f"{told.body['confidence']:.0%}"))
        st.caption(t("class.live_wait"))


def _predict(shown: Demonstration, choice: str, sure: float) -> None:
    """Keep the prediction of whoever this session belongs to, unless the run has begun."""
    who, log = login.person(), review_log.the_store()
    if log is None:
        return
    body = {"live": shown.id, "experiment": shown.experiment}
    try:
        review_log.check_prediction(who, shown.id, choice)
    except UserError as error:
        st.session_state[TOLD] = error.message
        return
    review_log.keep(log, review_log.row("prediction", choice=choice, confidence=sure, **body))


def _how_many(shown: Demonstration) -> None:
    who = login.person()
    counts, everyone = demonstrations.counted(review_log.the_whole(), who, shown)
    st.markdown(t("class.live_count", count=sum(counts.values()), learners=everyone))


def _try(act: Callable[[], object]) -> None:
    """Do what a button asks and draw the page anew, or say why it was refused."""
    try:
        act()
    except UserError as error:
        st.error(word(error.message), icon=":material/error:")
    else:
        st.rerun()
