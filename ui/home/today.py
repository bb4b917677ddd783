"""The plan of the day: what is due, how long until the interview, a run that goes on."""

import streamlit as st

from resnet_core import runs
from study.scheduling import queue
from ui.home.first_start import first_start
from ui.home.welcome import paths, welcome
from ui.lab.labels import run_name
from ui.shared import review_log
from ui.shared.countdown import until
from ui.shared.question_bank import the_bank
from ui.shell import navigation
from ui.shell.i18n import t

LOOKED_AT = 5  # the newest runs; an older one that still goes on is found in the lab


def today() -> None:
    """Draw what the plan asks for today, and where else to go; the welcome before any answer."""
    store = review_log.the_store()
    if store is None:
        return
    known = store.states()
    if not known:
        welcome()
        return
    first_start()
    day, plan = review_log.today(), queue.plan_of(store.plans())
    waiting = queue.due(queue.everyday(the_bank(), known), known, day, plan)
    with st.container(border=True, key="act_first"):
        st.header(t("today.due", count=len(waiting)), anchor=False)
        if plan.days_left(day) is not None:
            st.markdown(until(plan.days_left(day)))
        navigation.link("quiz", t("today.review") if waiting else t("today.nothing"))
    _elsewhere()


def _elsewhere() -> None:
    with st.container(horizontal=True, key="act_elsewhere"):
        navigation.link("questions", t("home.read_link"))
        navigation.link("lab", t("home.live"), preset="skips-56")
    paths()


def running() -> None:
    """Draw the run that goes on, if there is one."""
    for run in runs.every()[:LOOKED_AT]:
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
