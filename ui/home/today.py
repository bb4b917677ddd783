"""Draw the plan of the day: what is due, the time until the interview, and a run in progress."""

import streamlit as st

from resnet_core import runs
from resnet_core.experiment.presets import DEMONSTRATION
from study.bank.question import Bank
from study.scheduling import queue
from study.scheduling.projection import DayPlan
from study.scheduling.queue import Plan
from ui.home.first_start import first_start
from ui.home.welcome import paths, welcome
from ui.lab.labels import run_name
from ui.shared import own_runs, review_log
from ui.shared.percent import percent
from ui.shared.plan import day
from ui.shared.plan.countdown import until
from ui.shared.plan.form import reached
from ui.shared.question_bank import the_bank
from ui.shell import navigation
from ui.shell.i18n import of, t
from ui.shell.visitors import access

LOOKED_AT = 5  # of the newest runs; an older one in progress is found in the lab


def today() -> None:
    """Draw what the plan asks for today, and where else to go, or the welcome before any answer."""
    store, bank = review_log.the_store(), the_bank()
    if store is None:
        return
    if not store.states():
        welcome()
        return
    first_start()
    plan, found = queue.plan_of(store.plans()), day.the_day(store, bank)
    _work(found, bank)
    _figures(found, plan)
    reached(plan, found)
    if found.weakest is not None and (weakest := bank.get(found.weakest)) is not None:
        label = t("today.weakest", title=of(weakest.title))
        navigation.link("questions", label, icon=":material/fitness_center:", q=weakest.id)
    _elsewhere()


def _work(found: DayPlan, bank: Bank) -> None:
    """Draw the one thing to do now."""
    count = len(found.today.all)
    with st.container(border=True, key="act_first"):
        if found.days_left is not None:
            st.caption(until(found.days_left))
        if not count:
            st.header(t("today.done"), anchor=False)
            navigation.link("quiz", t("today.nothing"))
            return
        minutes = max(1, round(found.today.seconds / 60))
        st.header(t("today.due", count=count, minutes=minutes), anchor=False)
        topics = [of(bank.topics[topic]) for topic in found.topics if topic in bank.topics]
        st.markdown(t("today.topics", topics=t("frame.list_comma").join(topics)))
        navigation.link("quiz", t("today.review"))


def _figures(found: DayPlan, plan: Plan) -> None:
    """Draw the days left, what the plan reaches, and readiness today and on the day."""
    with st.container(horizontal=True):
        help = t("today.reaches_help", day=found.reach.by.isoformat())
        st.metric(t("today.reaches"), percent(found.share_reached), help=help)
        if found.now is not None:
            st.metric(t("today.ready"), percent(found.now.mean), help=t("progress.today_help"))
        if found.then is not None and plan.interview is not None:
            span = t("today.span", low=percent(found.then.low), high=percent(found.then.high))
            st.metric(t("today.ready_then"), percent(found.then.mean), help=span)


def _elsewhere() -> None:
    with st.container(horizontal=True, key="act_elsewhere"):
        navigation.link("questions", t("home.read_link"))
        navigation.link("lab", t("home.live"), preset=DEMONSTRATION)
    paths()


def running() -> None:
    """Draw the run in progress, if there is one."""
    for run in own_runs.every()[:LOOKED_AT] if not access.refusal() else ():
        status = runs.status(run.folder)
        if status.live or status.name in ("paused", "crashed"):
            with st.container(border=True, key="act_run"):
                st.markdown(
                    t(
                        "today.run",
                        name=run_name(run.experiment),
                        status=t(f"status.{status.name}"),
                        step=status.step,
                        steps=run.experiment.all_steps,
                    )
                )
                navigation.link("lab", t("today.run_link"), run=run.id)
            return
