"""Keep what was chosen on a page when its language changes."""

import streamlit as st

DRAWN = "language_drawn"  # the language of this session's last run
PLAIN = (str, int, float)


def keep_choices(language: str) -> None:
    """Give the browser every choice anew in the run that is the first in another language.

    The browser holds a choice by its words. In another language no option has them: they would stay
    on screen, and the next touch of anything would lose the choice.
    """
    before = st.session_state.get(DRAWN)
    st.session_state[DRAWN] = language
    if before in (None, language):
        return
    for key, chosen in list(st.session_state.items()):
        if _plain(chosen):
            st.session_state[key] = chosen


def _plain(chosen: object) -> bool:
    """Return whether this can be a choice. Buttons hold a bool, which nobody may set."""
    if isinstance(chosen, (list, tuple)):
        return bool(chosen) and all(map(_plain, chosen))
    return isinstance(chosen, PLAIN) and not isinstance(chosen, bool)
