"""The way from Home to a demonstration that a teacher has opened."""

import streamlit as st

from ui.shared import review_log
from ui.shell import navigation
from ui.shell.i18n import t
from ui.shell.visitors import login

LOOK_EVERY_S = 5.0


def invitation() -> None:
    """Draw the link for a learner of a class, as soon as there is something to join."""
    who = login.person()
    if who is not None and not who.teacher:
        st.fragment(_look, run_every=LOOK_EVERY_S)()


def _look() -> None:
    shown = review_log.demonstrated()
    if shown is None:
        return
    title = t(f"preset.{shown.experiment}.title")
    with st.container(border=True, key="act_live"):
        st.markdown(t("class.live_now" if shown.run else "class.live_asked", title=title))
        navigation.link("class_", t("class.live_join"), icon=":material/groups:")
