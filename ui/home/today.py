"""Home's part of the day: what is due, how long until the interview, a run that goes on."""

import streamlit as st

from resnet_core import runs
from ui.lab.labels import run_name
from ui.shared import review_log
from ui.shared.countdown import until
from ui.shell import navigation
from ui.shell.i18n import t


def today() -> bool:
    """Whether there is a day's work to begin with; a run that goes on comes with it or alone."""
    begun = review_log.begun()
    if begun:
        review_log.spoken(_waiting)
    _run()
    return begun


def first_quiz() -> None:
    """For those who have answered nothing yet."""
    if not review_log.begun():
        with st.container(border=True, key="act_quiz"):
            st.subheader(t("today.start_title"), anchor=False)
            navigation.link("quiz", t("today.start"))


def _waiting() -> None:
    from study.scheduling import queue
    from ui.shared.question_bank import the_bank

    store = review_log.the_store()
    if store is None:
        return
    day, plan = review_log.today(), queue.plan_of(store.plans())
    known = store.states()
    waiting = queue.due(queue.everyday(the_bank(), known), known, day, plan)
    with st.container(border=True, key="act_first"):
        st.subheader(t("today.due", count=len(waiting)), anchor=False)
        if plan.days_left(day) is not None:
            st.markdown(until(plan.days_left(day)))
        navigation.link("quiz", t("today.review") if waiting else t("today.nothing"))


def _run() -> None:
    for run in runs.every()[:5]:
        status = runs.status(run.folder)
        if status.live or status.name in ("paused", "crashed"):
            with st.container(border=True, key="act_run"):
                st.markdown(
                    t(
                        "today.run",
                        name=run_name(run.experiment),
                        status=t(f"status.{status.name}"),
                        step=status.step,
                        steps=run.experiment.train.steps,
                    )
                )
                navigation.link("lab", t("today.run_link"), run=run.id)
            return
