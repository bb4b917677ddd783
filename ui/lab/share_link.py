"""Offer a link that carries the whole experiment of a run, so that others can start it."""

from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from base.messages import UserError
from resnet_core.experiment import link
from resnet_core.experiment.config import Experiment
from ui.shell.i18n import language, t, word

PREDICTED = 2  # nets: with more or fewer there is no "which of the two"


def share_link(experiment: Experiment) -> None:
    """Draw the link, folded up, with what a teacher may ask of those who open it."""
    folded = st.expander(
        t("link.title"), key="lab_share", on_change="rerun", icon=":material/link:"
    )
    if not folded.open:
        return
    with folded:
        st.markdown(t("link.what"))
        locked = st.toggle(t("link.lock"), key="lab_share_lock", help=t("link.lock_help"))
        predicts = len(experiment.arms) == PREDICTED and st.toggle(
            t("link.predict"), key="lab_share_predict", help=t("link.predict_help")
        )
        try:
            text = link.encode(link.Shared(experiment, locked, predicts))
        except UserError as error:
            st.info(word(error.message), icon=":material/info:")
            return
        st.code(_address(text), language=None, wrap_lines=True)


def _address(text: str) -> str:
    """Return the whole address of the lab, with the experiment in it."""
    here = urlsplit(str(st.context.url or ""))
    query = f"experiment={text}&lang={language()}"
    return urlunsplit((here.scheme, here.netloc, here.path or "/lab", query, ""))
