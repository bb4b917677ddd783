"""Draw the plan in minutes: the form and, at once, what the plan reaches and what it does not."""

from datetime import date

import streamlit as st

from study.bank.question import Bank
from study.reviews.storage.store import Store
from study.scheduling.projection import DayPlan
from study.scheduling.queue import Plan, plan_of
from ui.shared import review_log
from ui.shared.plan import day
from ui.shell.i18n import t

LEAST, MOST, STEP = 5, 240, 5


def plan_form(store: Store, bank: Bank, key: str) -> None:
    """Ask for the interview day and the minutes. A second line says what they reach."""
    plan = plan_of(store.plans())
    with st.form(key, border=True):
        left, right = st.columns(2)
        on = left.date_input(t("start.interview"), plan.interview, help=t("start.interview_help"))
        minutes = right.number_input(
            t("progress.plan_minutes"),
            min(LEAST, plan.minutes),
            max(MOST, plan.minutes),
            plan.minutes,
            STEP,
        )
        share = round(100 * plan.retention)
        retention = st.slider(t("progress.plan_retention"), 70, 97, share, format="%d %%")
        st.caption(t("progress.plan_help"))
        if st.form_submit_button(t("progress.plan_keep")):
            told = _told(plan, on, int(minutes), retention / 100)
            if review_log.keep(store, review_log.row("plan", **told)):
                st.rerun()
    if plan.interview is not None and plan.interview < review_log.today():
        st.caption(t("start.interview_past"))
    reached(plan, day.the_day(store, bank))


def _told(plan: Plan, on: date | None, minutes: int, retention: float) -> dict[str, object]:
    """Return the fields of a plan row. An older plan keeps its limits until its minutes change."""
    told: dict[str, object] = {"interview": on.isoformat() if on else "", "retention": retention}
    if minutes != plan.minutes or plan.new_a_day is None:
        told["minutes"] = minutes
    return told


def reached(plan: Plan, found: DayPlan) -> None:
    """Say what the plan reaches by the day, what would reach all, and what is overdue."""
    reach = found.reach
    told = {"minutes": plan.minutes, "items": reach.items, "day": reach.by.isoformat()}
    if reach.seen == reach.items:
        st.markdown(t("progress.reach_all", **told))
    elif reach.minutes_for_all is not None:
        more = reach.minutes_for_all
        st.markdown(t("progress.reach_part", seen=reach.seen, more=more, **told))
    else:
        st.markdown(t("progress.reach_never", seen=reach.seen, **told))
    waiting = found.today.waiting + found.today.due
    if found.days_left and found.backlog_days > found.days_left:
        st.markdown(t("progress.backlog_waits", waiting=waiting))
    elif found.backlog_days > 1:
        st.markdown(t("progress.backlog", waiting=waiting, days=found.backlog_days))
