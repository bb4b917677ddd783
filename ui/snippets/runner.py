"""Start code that a page shows, follow it to its end and stop it.

The snippet of a question, the code of a quiz card and the cases of completed code all run here. A
slot is the key of the session under which one run is kept, with the code that it started with.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

import streamlit as st

from base.messages import UserError
from ui.shared import places
from ui.shell import preferences
from ui.shell.i18n import t, word
from ui.shell.visitors import access

TICK_S = 0.25
FIRST_OUTPUT_S, END_S = 0.4, 0.15  # a run that is over by then is drawn once
SECONDS = 60


class Work(Protocol):
    """Represent running code: the execution of a snippet, or the two executions of a grading."""

    @property
    def running(self) -> bool: ...

    def stop(self) -> None: ...


class Run(NamedTuple):
    """Hold the code with which a run began, and the execution or grading that runs it."""

    code: str
    work: Any  # a Work, with anything else that its caller needs


def kept(slot: str) -> Run | None:
    """Return the last run of a slot, or None if there is none."""
    return st.session_state.get(slot)


def running(slot: str) -> bool:
    """Return whether the run of a slot has not ended yet."""
    run = kept(slot)
    return run is not None and run.work.running


def forget(slot: str) -> None:
    """Drop the run of a slot, so that it is no longer drawn."""
    st.session_state.pop(slot, None)


def verdict(*, shipped: bool):
    """Return the policy's verdict on code of this session. Raises TierError."""
    from study import sandbox
    from study.sandbox.isolation.policy import judge

    server = access.server(preferences.load().consent)
    return judge(shipped=shipped, tier=sandbox.tier(), server=server)


def begin(slot: str, code: str, start: Callable[[], Work], *, shipped: bool) -> bool:
    """Call `start` if the policy lets the code run, and keep the run in the slot.

    Returns whether the code runs now. If not, the page shows the reason and, if consent would allow
    the run, a button to consent.
    """
    try:
        found = verdict(shipped=shipped)
        if found.allowed:
            places.check_snippet()
            st.session_state[slot] = Run(code, start())
            return True
    except UserError as error:
        st.error(word(error.message))
        return False
    st.warning(word(found.why))
    if found.needs_consent:
        agree = {"on_click": preferences.remember, "kwargs": {"consent": True}}
        st.button(t("snippet.consent"), key="snippet_consent", **agree)
    return False


def begin_code(slot: str, code: str, *, shipped: bool) -> bool:
    """Run code in the sandbox, in a waiting process if one suits it; see `begin`."""
    return begin(slot, code, lambda: _start(code), shipped=shipped)


def follow(slot: str, draw: Callable[[Run], None]) -> None:
    """Draw the run of a slot repeatedly until it ends, and then the whole page once."""
    run = kept(slot)
    if run is not None:
        st.fragment(_draw, run_every=TICK_S if run.work.running else None)(slot, run, draw)


def stop_row(slot: str, caption: str) -> None:
    """Draw a caption and the button that stops the run of a slot."""
    with st.container(horizontal=True):
        st.caption(caption)
        stop_button(slot, key=f"stop_{slot}")


def stop_button(slot: str, *, key: str, place=st) -> None:
    """Draw the button that stops the run of a slot."""
    run = kept(slot)
    if run is not None:
        place.button(t("snippet.stop"), key=key, on_click=run.work.stop)


def _start(code: str):
    from study import sandbox

    limits = sandbox.Limits(seconds=SECONDS)
    execution = sandbox.start(
        code,
        limits,
        worker=places.warm_worker(code, sandbox.tier().name),
        visitor=access.visitor(),
        learner=access.learner(),
    )
    execution.wait(FIRST_OUTPUT_S, END_S)
    return execution


def _draw(slot: str, run: Run, draw: Callable[[Run], None]) -> None:
    """Draw one tick. When a run has just ended, the whole page is drawn once more.

    The work itself is remembered, because the id of a deleted one may be reused.
    """
    alive = run.work.running
    draw(run)
    seen = f"seen_{slot}"
    if not alive and st.session_state.get(seen) is not run.work:
        st.session_state[seen] = run.work
        st.rerun()
