"""Offer a link that carries the whole experiment of a run, so that others can start it."""

from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from base.messages import UserError
from resnet_core import runs
from resnet_core.experiment import link
from resnet_core.experiment.config import Experiment, ExperimentError
from resnet_core.experiment.surgery.change import MOST_CHANGES
from resnet_core.runs.repeating import repeated
from ui.lab.labels import changes_told
from ui.shell.i18n import language, t, word

PREDICTED = 2  # nets: with more or fewer there is no "which of the two"


def share_link(experiment: Experiment, past: runs.History | None = None) -> None:
    """Draw the link, folded up, with what a teacher may ask of those who open it.

    With the `past` of a run it repeats what was changed in it, unless that is switched off.
    """
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
        if past is not None:
            experiment = _with_changes(experiment, past)
        try:
            text = link.encode(link.Shared(experiment, locked, predicts))
        except UserError as error:
            st.info(word(error.message), icon=":material/info:")
            return
        st.code(_address(text), language=None, wrap_lines=True)


def _with_changes(experiment: Experiment, past: runs.History) -> Experiment:
    """Return the experiment with what was changed, if there is something and it is wanted."""
    try:
        steered = repeated(experiment, past)
    except ExperimentError:
        st.info(t("link.too_many_changes", most=MOST_CHANGES), icon=":material/info:")
        return replace(experiment, changes=())
    if not steered.changes:
        return experiment
    words = changes_told(steered.changes)
    wanted = st.toggle(
        t("link.changes"),
        True,
        key="lab_share_changes",
        help=t("link.changes_help", changes=words),
    )
    return steered if wanted else replace(experiment, changes=())


def _address(text: str) -> str:
    """Return the whole address of the lab, with the experiment in it."""
    here = urlsplit(str(st.context.url or ""))
    query = f"experiment={text}&lang={language()}"
    return urlunsplit((here.scheme, here.netloc, here.path or "/lab", query, ""))
