"""Draw Home for someone who has answered nothing yet: what the app is, and three ways to begin."""

import streamlit as st

from resnet_core.experiment.presets import DEMONSTRATION
from study.bank import order
from ui.home.first_start import first_start
from ui.home.recorded_run import recorded_run
from ui.shared.question_bank import the_bank
from ui.shell import navigation
from ui.shell.i18n import of, t


def welcome() -> None:
    """Draw the recorded run, then the first question, the live run and the first quiz."""
    st.markdown(t("home.what"))
    recorded_run()
    first = next(iter(order.by_path(the_bank().questions)), None)
    with st.container(horizontal=True):
        if first is not None:
            with st.container(key="act_first", width="content"):
                navigation.link("questions", t("home.first", title=of(first.title)), q=first.id)
        with st.container(key="act_lab", width="content"):
            navigation.link("lab", t("home.live"), preset=DEMONSTRATION)
        with st.container(key="act_quiz", width="content"):
            navigation.link("quiz", t("today.start"))
    paths()
    first_start()


def paths() -> None:
    """Draw the paths through the bank, each as a link to its list."""
    bank = the_bank()
    with st.container(horizontal=True, vertical_alignment="center", key="paths"):
        st.markdown(t("home.paths"))
        for key, path in bank.paths.items():
            count = len(path["questions"])
            label = t("home.path", title=of(path["title"]), count=count)
            navigation.link("questions", label, path=key)
