"""Ask something of a run, and keep the error if its folder cannot be written."""

from collections.abc import Callable

import streamlit as st

from base.messages import UserError
from ui.shell.i18n import word

REFUSED = "lab_refused"  # the error of the last request


def ask(action: Callable[..., object], *values: object) -> None:
    """Do what a button asks. If the folder cannot be written, the next draw says so."""
    try:
        action(*values)
    except UserError as error:
        st.session_state[REFUSED] = error.message


def refused() -> None:
    """Draw the error of the last request once, if there was one."""
    message = st.session_state.pop(REFUSED, None)
    if message is not None:
        st.error(word(message), icon=":material/error:")
