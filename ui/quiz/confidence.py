"""Ask how sure the learner is before the answer is shown, with one touch or one key."""

import streamlit as st

from ui.shell.i18n import t

KEYS = "567890"  # 1 to 4 choose an option


def state_confidence(levels: tuple[float, ...], key: str, asked: str = "") -> float | None:
    """Return the confidence in the run in which it is stated.

    The buttons are never disabled: a touch on one also ends typing, and a quick key is not lost.
    """
    st.caption(asked or t("quiz.confidence"), help=t("quiz.confidence_help"))
    stated = None
    with st.container(horizontal=True, gap="small", key=f"confidence_{key}"):
        for digit, share in zip(KEYS, levels, strict=True):
            if st.button(f"{share:.0%}", key=f"sure_{digit}_{key}", shortcut=digit):
                stated = share
    return stated
