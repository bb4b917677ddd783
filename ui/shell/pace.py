"""Decide how often a page that follows a run is drawn again by itself.

One process draws the pages of everybody. So that a class that watches leaves time for those who
read, all pages that follow a run are drawn at most A_SECOND times a second together.
"""

import threading
import time

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

A_SECOND = 8
LONGEST_S = 16.0
FORGOTTEN_AFTER_S = 90.0  # a page that was not drawn for so long is closed, or the server is slow

_followers: dict[str, float] = {}  # when each session was last drawn
_lock = threading.Lock()


def seconds(goes_on: bool, shortest: float = 1.0) -> float | None:
    """Return the seconds until a page that follows a run is drawn again; None if it has ended.

    They are `shortest` times 1, 2, 4 …, so that they change seldom while people come and go.
    """
    followers = _followers_with_this_one(goes_on)
    chosen = shortest
    while chosen < min(followers / A_SECOND, LONGEST_S):
        chosen *= 2
    return chosen if goes_on else None


def keep(every: float | None, goes_on: bool, shortest: float = 1.0) -> None:
    """Draw the whole page again if its timer has to start, change or end.

    `every` is what `seconds` returned when the page began the part that draws itself.
    """
    if every != seconds(goes_on, shortest):
        st.rerun()


def _followers_with_this_one(follows: bool) -> int:
    """Note whether this session follows a run, and return how many do."""
    context = get_script_run_ctx()
    session, now = context.session_id if context else "", time.monotonic()
    with _lock:
        if follows:
            _followers[session] = now
        else:
            _followers.pop(session, None)
        for other, last in list(_followers.items()):
            if now - last > FORGOTTEN_AFTER_S:
                del _followers[other]
        return len(_followers)
