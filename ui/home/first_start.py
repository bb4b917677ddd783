"""Ask three questions at the first start: interview day, level, minutes. All can be skipped."""

from datetime import date

import streamlit as st

from ui.shared import review_log
from ui.shell import preferences
from ui.shell.i18n import named, t
from ui.shell.visitors import access

LEVELS = (1, 2, 3)
MINUTES = (10, 15, 20, 30, 45)


def first_start() -> None:
    """Ask in one line what the plan needs, until it was answered or skipped."""
    if preferences.load().started or access.refusal():
        return
    with st.form("first_start", border=True):
        st.markdown(f"**{t('start.title')}**")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            day = st.date_input(
                t("start.interview"), None, min_value="today", help=t("start.interview_help")
            )
            minutes = st.selectbox(t("start.minutes"), MINUTES, index=1, format_func=_minutes())
            level = st.selectbox(
                t("start.level"), LEVELS, index=1, format_func=named("start.level_")
            )
            done = st.form_submit_button(t("start.done"), type="primary")
            skipped = st.form_submit_button(t("start.skip"))
    if skipped:
        preferences.remember(started=True)
        st.rerun()
    if done and _kept(day, minutes):
        preferences.remember(started=True, level=level)
        st.rerun()


def _kept(day: date | None, minutes: int) -> bool:
    store = review_log.the_store()
    if store is None:
        return False
    body = {"interview": day.isoformat() if day else "", "minutes": minutes}
    return review_log.keep(store, review_log.row("plan", **body))


def _minutes():
    return {minutes: t("start.minutes_a_day", minutes=minutes) for minutes in MINUTES}.get
