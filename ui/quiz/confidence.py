"""How sure the learner is, stated before the answer is seen: one touch, or one key."""

import streamlit as st

from ui.shell.i18n import t

LEVELS = {"5": 0.5, "6": 0.6, "7": 0.7, "8": 0.8, "9": 0.9, "0": 1.0}


def state_confidence(key: str, asked: str = "") -> float | None:
    """The confidence in the run in which it is stated. The digit is the key: 8 for 80 %.

    Never disabled: a touch here also ends what is being typed, and a fast key is not lost.
    """
    st.caption(asked or t("quiz.confidence"), help=t("quiz.confidence_help"))
    stated = None
    with st.container(horizontal=True, gap="small", key=f"confidence_{key}"):
        for digit, share in LEVELS.items():
            pressed = st.button(
                f"{share:.0%}",
                key=f"sure_{digit}_{key}",
                shortcut=digit,
            )
            stated = share if pressed else stated
    return stated
