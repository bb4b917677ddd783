"""The demonstration on the page of the class, as its state and the person have it."""

import streamlit as st

from study.classroom.demonstrations import Demonstration
from study.classroom.people import Person
from ui.class_.live.collecting import collecting, opening, predicting
from ui.class_.live.screen import screen
from ui.shared import review_log
from ui.shell.appearance.style import wide
from ui.shell.i18n import t

LOOK_EVERY_S = 2.0  # whether the teacher went on


def stage(who: Person) -> None:
    """Draw what is demonstrated now, and follow the teacher from one state to the next."""
    shown = review_log.demonstrated()
    st.fragment(_follow, run_every=LOOK_EVERY_S)(_state(shown))
    if shown is None and not who.teacher:
        return
    st.header(t("class.live"), anchor=False)
    if shown is None:
        opening(who)
    elif not shown.run and who.teacher:
        collecting(who, shown)
    elif not shown.run:
        predicting(who, shown)
    else:
        wide()
        screen(who, shown)


def _follow(drawn: tuple[str, str]) -> None:
    """Draw the page anew once the demonstration is no longer in the state that was drawn."""
    if _state(review_log.demonstrated()) != drawn:
        st.rerun()


def _state(shown: Demonstration | None) -> tuple[str, str]:
    return (shown.id, shown.run) if shown else ("", "")
