"""Draw a claim under its question: its sentence, the record that ships, the learner's own run."""

import streamlit as st

from resnet_core.claims import CLAIMS, record
from ui.claims.live_run import live_run
from ui.claims.receipt import receipt
from ui.shell import navigation
from ui.shell.i18n import t


def claim_box(name: str, sentence: str) -> None:
    """Draw one claim. Does nothing if there is no claim of that name."""
    claim = CLAIMS.get(name)
    if claim is None:
        return
    with st.container(border=True):
        st.markdown(f"**{sentence}**")
        receipt(claim, record(name))
        live_run(claim)
        navigation.link("claims", t("claim.more"), claim=name)
