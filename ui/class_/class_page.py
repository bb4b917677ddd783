"""Draw the page of a class as a teacher or as a learner has it."""

from functools import partial

import streamlit as st

from study.classroom import roll
from study.classroom.people import Person
from ui.class_.learner_view import learner_view
from ui.class_.live.stage import stage
from ui.class_.teacher_view import teacher_view
from ui.shared import review_log
from ui.shell.i18n import t
from ui.shell.visitors import login


def class_page() -> None:
    """Draw the class for whoever is logged in."""
    who = login.person()
    if who is None:
        st.info(t("class.only_login" if not login.configured() else "access.login"))
    else:
        review_log.spoken(partial(_drawn, who))


def _drawn(who: Person) -> None:
    """Draw what is demonstrated first: everybody looks at it at the same time."""
    stage(who)
    (teacher_view if who.teacher else learner_view)()


def enter() -> None:
    """Record who is in the class, once a session."""
    who = login.person()
    if who is None or st.session_state.get("entered") == who.profile:
        return
    store = review_log.the_store()
    if store is not None:
        roll.join(store, who)
        st.session_state["entered"] = who.profile
