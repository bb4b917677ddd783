"""Run code of a card in the sandbox, with its output as text under the button."""

from functools import partial

import streamlit as st

from ui.shell.i18n import t, word
from ui.snippets import output_box, runner


def run_one(name: str, code: str, label: str, *, shipped: bool = False) -> None:
    """Draw a button that runs code, and below it the output of the last run."""
    slot = f"running_{name}"
    busy = runner.running(slot)
    if st.button(label, key=f"run_{name}", disabled=busy, icon=":material/play_arrow:"):
        runner.begin_code(slot, code, shipped=shipped)
    runner.follow(slot, partial(_output, slot))


def run_both(name: str, codes: dict[str, str]) -> None:
    """Run shipped codes by title, one after the other, and draw the outputs side by side."""
    asked = f"both_{name}"
    slots = {title: f"running_{name}_{title}" for title in codes}
    if st.button(t("quiz.run_both"), key=f"run_{name}", icon=":material/play_arrow:"):
        st.session_state[asked] = True
        for slot in slots.values():
            runner.forget(slot)
    if not st.session_state.get(asked):
        return
    waiting = False
    columns = st.columns(len(codes))
    for column, (title, code) in zip(columns, codes.items(), strict=True):
        slot = slots[title]
        with column:
            st.markdown(f"**{title}**")
            if waiting:
                st.caption(t("quiz.run_waits"))
                continue
            if runner.kept(slot) is None and not runner.begin_code(slot, code, shipped=True):
                return
            waiting = runner.running(slot)
            runner.follow(slot, partial(_output, slot))


def _output(slot: str, run: runner.Run) -> None:
    """Draw the output so far and, at the end, how the run ended."""
    execution = run.work
    if execution.running:
        key = "snippet.running" if execution.began else "snippet.starting"
        runner.stop_row(slot, t(key))
        output_box.show(*execution.so_far())
        return
    result = execution.result()
    if result.reason:
        st.warning(word(result.reason))
    output_box.show(result.stdout, result.stderr, result.figures)
    if not (result.stdout or result.stderr or result.figures):
        st.caption(t("quiz.run_silent"))
