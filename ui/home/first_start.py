"""Three questions at the first start: language, interview day, level. All can be skipped."""

import streamlit as st

from ui.shell import access, preferences
from ui.shell.i18n import LANGUAGES, NAMES, language, named, t

LEVELS = (1, 2, 3)


def first_start() -> None:
    if preferences.load()["started"] or access.refusal():
        return
    with st.form("first_start"):
        st.subheader(t("start.title"), anchor=False)
        left, middle, right = st.columns(3)
        chosen = left.radio(
            t("start.language"),
            LANGUAGES,
            index=LANGUAGES.index(language()),
            format_func=NAMES.get,
            horizontal=True,
        )
        day = middle.date_input(
            t("start.interview"), None, min_value="today", help=t("start.interview_help")
        )
        level = right.radio(
            t("start.level"),
            LEVELS,
            index=1,
            format_func=named("start.level_"),
            horizontal=True,
        )
        with st.container(horizontal=True):
            done = st.form_submit_button(t("start.done"), type="primary")
            skipped = st.form_submit_button(t("start.skip"))
    if skipped:
        preferences.remember(started=True)
        st.rerun()
    if done:
        preferences.remember(started=True, language=chosen, level=level)
        if day is not None:
            set_interview(day)
        st.query_params["lang"] = chosen
        del st.session_state["lang"]
        st.rerun()


def set_interview(day) -> None:
    """A plan row; None forgets the day."""
    from ui.shared.review_log import keep, row, the_store

    store = the_store()
    if store is not None:
        keep(store, row("plan", interview=day.isoformat() if day else ""))
