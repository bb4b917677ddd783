"""The page as a teacher or as a learner has it."""

import streamlit as st

from study.classroom import roll
from ui.class_.learner_view import learner_view
from ui.class_.teacher_view import teacher_view
from ui.shared import review_log
from ui.shell.i18n import t
from ui.shell.visitors import login


def class_page() -> None:
    """Draw the class for whoever is logged in."""
    who = login.person()
    if who is None:
        st.info(t("class.only_login" if not login.configured() else "access.login"))
    elif who.teacher:
        review_log.spoken(teacher_view)
    else:
        review_log.spoken(learner_view)


def enter() -> None:
    """Record once a session who is in the class."""
    who = login.person()
    if who is None or st.session_state.get("entered") == who.profile:
        return
    store = review_log.the_store()
    if store is not None:
        roll.join(store, who)
        st.session_state["entered"] = who.profile
