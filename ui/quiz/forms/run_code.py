"""Run code of a card in the sandbox, with its output as text under the button."""

import streamlit as st

from base.messages import UserError
from ui.shell import access, preferences
from ui.shell.i18n import t, word
from ui.snippets import output_box

TICK_S = 0.3
SECONDS = 60


def run_one(name: str, code: str, label: str, *, shipped: bool = False):
    """Draw a button, and the result if this very code has one."""
    slot = f"running_{name}"
    started = st.session_state.get(slot)
    running = started is not None and started[1].running
    if st.button(label, key=f"run_{name}", disabled=running, icon=":material/play_arrow:"):
        _start(slot, code, shipped)
        started = st.session_state.get(slot)
    if started is None:
        return None
    text, execution = started
    st.fragment(_live, run_every=TICK_S if execution.running else None)(name, execution)
    return None if execution.running or text != code else execution.result()


def run_both(name: str, codes: dict[str, str]) -> None:
    """Run shipped codes by title, one after the other, and draw the outputs side by side."""
    slot = f"both_{name}"
    if st.button(t("quiz.run_both"), key=f"run_{name}", icon=":material/play_arrow:"):
        st.session_state[slot] = True
        for title in codes:
            st.session_state.pop(f"running_{name}_{title}", None)
    if not st.session_state.get(slot):
        return
    waiting = False
    columns = st.columns(len(codes))
    for column, (title, code) in zip(columns, codes.items(), strict=True):
        one = f"running_{name}_{title}"
        with column:
            st.markdown(f"**{title}**")
            if waiting:
                st.caption(t("quiz.run_waits"))
                continue
            if one not in st.session_state and not _start(one, code, True):
                return
            execution = st.session_state[one][1]
            waiting = execution.running
            key = f"{name}_{title}"
            st.fragment(_live, run_every=TICK_S if waiting else None)(key, execution)


def _start(slot: str, code: str, shipped: bool) -> bool:
    """Return whether the code runs now. The page shows the reason if it does not."""
    from study import sandbox

    if not may_run(shipped=shipped):
        return False
    try:
        limits = sandbox.Limits(seconds=SECONDS)
        execution = sandbox.start(code, limits, visitor=access.visitor())
    except UserError as error:
        st.error(word(error.message))
        return False
    st.session_state[slot] = (code, execution)
    return True


def may_run(*, shipped: bool) -> bool:
    """Return whether the policy lets code run; draw its reason and the way to consent."""
    from study import sandbox
    from study.sandbox.isolation.policy import judge

    try:
        server = access.server(preferences.load()["consent"])
        verdict = judge(shipped=shipped, tier=sandbox.tier(), server=server)
    except UserError as error:
        st.error(word(error.message))
        return False
    if not verdict.allowed:
        st.warning(word(verdict.why))
    if verdict.needs_consent:
        st.button(t("snippet.consent"), on_click=lambda: preferences.remember(consent=True))
    return verdict.allowed


def _live(name: str, execution) -> None:
    if execution.running:
        with st.container(horizontal=True):
            st.caption(t("snippet.running" if execution.began else "snippet.starting"))
            if st.button(t("snippet.stop"), key=f"stop_{name}"):
                execution.stop()
        output_box.show(*execution.so_far())
        return
    ended(name, execution)
    result = execution.result()
    if result.reason:
        st.warning(word(result.reason))
    output_box.show(result.stdout, result.stderr, result.figures)
    if not (result.stdout or result.stderr or result.figures):
        st.caption(t("quiz.run_silent"))


def ended(name: str, execution) -> None:
    """End the ticking once a run is over, and begin what waits.

    The execution itself is remembered, for a number that names it may be given out again.
    """
    slot = f"told_{name}"
    if st.session_state.get(slot) is not execution:
        st.session_state[slot] = execution
        st.rerun()
