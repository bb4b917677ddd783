"""Ask how sure the learner is, before the answer is seen: one touch, or one key."""

import streamlit as st

from ui.shell.i18n import t

KEYS = "567890"  # 1 to 4 choose an option


def state_confidence(levels: tuple[float, ...], key: str, asked: str = "") -> float | None:
    """Return the confidence in the run in which it is stated.

    Never disabled: a touch here also ends what is being typed, and a fast key is not lost.
    """
    st.caption(asked or t("quiz.confidence"), help=t("quiz.confidence_help"))
    stated = None
    with st.container(horizontal=True, gap="small", key=f"confidence_{key}"):
        for digit, share in zip(KEYS, levels, strict=True):
            if st.button(f"{share:.0%}", key=f"sure_{digit}_{key}", shortcut=digit):
                stated = share
    return stated
