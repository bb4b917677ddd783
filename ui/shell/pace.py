"""Decide how often a page that follows a run is drawn again by itself.

One process draws the pages of everybody. So that a class that watches leaves time for those who
read, all pages that follow a run are drawn at most A_SECOND times a second together.
"""

import threading
import time

from streamlit.runtime.scriptrunner import get_script_run_ctx

A_SECOND = 8
LONGEST_S = 16.0
FORGOTTEN_AFTER_S = 90.0  # a page that was not drawn for so long is closed, or the server is slow

_followers: dict[str, float] = {}  # when each session was last drawn
_lock = threading.Lock()


def seconds(shortest: float = 1.0) -> float:
    """Note that this session follows a run, and return the seconds until it is drawn again.

    They are `shortest` times 1, 2, 4 …, so that they change seldom while people come and go.
    """
    context = get_script_run_ctx()
    now = time.monotonic()
    with _lock:
        _followers[context.session_id if context else ""] = now
        for session, last in list(_followers.items()):
            if now - last > FORGOTTEN_AFTER_S:
                del _followers[session]
        wanted = len(_followers) / A_SECOND
    chosen = shortest
    while chosen < min(wanted, LONGEST_S):
        chosen *= 2
    return chosen
