"""Complete code until its hidden cases pass; hints come one after another.

The learner states a confidence before the cases run for the first time, because their verdict is
the answer. After that the cases may be run as often as wanted.
"""

from functools import partial

import streamlit as st

from base.messages import UserError
from study.bank.question import Bank, Item, Question
from study.practice.session import confidence_levels
from ui.quiz.confidence import state_confidence
from ui.shell.i18n import language, t, word
from ui.shell.visitors import access
from ui.snippets import output_box, runner
from ui.snippets.code_editor import code_editor


def ask(item: Item, question: Question | None, bank: Bank, key: str) -> dict | None:
    """Return the code of the last run, whether its cases passed, and whether they passed at
    once. Return None until a run has ended.
    """
    slot = f"grading_{key}"
    line, marked_text = _line(slot)
    st.session_state[f"typed_{key}"] = code_editor(
        item.files[""], key=f"code_{key}", mark=line, marked_text=marked_text
    )
    _hints(item, key)
    run = runner.kept(slot)
    if run is None:
        return None
    runner.follow(slot, partial(_verdict, slot, item))
    if run.work.running:
        return None
    try:
        passed = run.work.grade().passed
    except UserError:
        return None  # the item's own fault, told above; there is nothing to grade
    first = st.session_state.setdefault(f"first_{key}", passed)
    return {"code": run.code, "passed": passed, "first": first}


def confirm(item: Item, answer: dict | None, key: str) -> float | None:
    """Run the cases; the first run asks for the confidence.

    Returns that confidence once the learner wants to see the solution.
    """
    slot = f"grading_{key}"
    code, pressed = st.session_state[f"typed_{key}"]
    if runner.kept(slot) is None:
        _state_first(slot, item, code, key, pressed)
        return None
    with st.container(horizontal=True):
        again = st.button(t("quiz.code_run"), key=f"run_{key}", icon=":material/play_arrow:")
        ends = st.button(
            t("quiz.code_end"),
            type="primary",
            key=f"end_{key}",
            shortcut="d",
            disabled=answer is None,
        )
    if (again or pressed) and _begin(slot, item, code):
        st.rerun()
    return st.session_state[f"stated_{key}"] if ends else None


def _state_first(slot: str, item: Item, code: str, key: str, pressed: bool) -> None:
    """Ask for the confidence, and begin the first run once it is stated."""
    stated = state_confidence(confidence_levels(item), key, t("quiz.confidence_code"))
    if pressed and stated is None:
        st.warning(t("quiz.confidence_first"))
    elif stated is not None and code.strip() == item.files[""].strip():
        st.warning(t("quiz.code_untouched"))
    elif stated is not None and _begin(slot, item, code):
        st.session_state[f"stated_{key}"] = stated
        st.rerun()


def _line(slot: str) -> tuple[int | None, str]:
    """Return the line that raised, in the code or in the first failed case, and its text."""
    run = runner.kept(slot)
    if run is None or run.work.running:
        return None, run.code if run else ""
    try:
        grade = run.work.grade()
    except UserError:
        return None, run.code  # the item's own fault, reported below
    lines = (grade.result.line, *(case.line for case in grade.cases))
    return next((line for line in lines if line), None), run.code


def _begin(slot: str, item: Item, code: str) -> bool:
    """Return whether the code runs now. The page shows the reason if it does not."""
    from study.sandbox.running import graded

    cases = partial(
        graded.begin,
        code,
        item.files[".check"],
        item.files[".solution"],
        tolerance=float(item.facts.get("tolerance", 1e-5)),
        visitor=access.visitor(),
        learner=access.learner(),
    )
    shipped = code in (item.files[""], item.files.get(".solution"))
    return runner.begin(slot, code, cases, shipped=shipped)


def _verdict(slot: str, item: Item, run: runner.Run) -> None:
    """Draw each hidden case with its reason, and the output of the code."""
    if run.work.running:
        runner.stop_row(slot, t("snippet.running"))
        return
    try:
        grade = run.work.grade()
    except UserError as error:
        st.error(word(error.message))
        return
    if grade.passed:
        st.success(t("quiz.code_passed"), icon=":material/check:")
    else:
        st.warning(t("quiz.code_failed"), icon=":material/close:")
    texts = item.text[language()].choices
    for case in grade.cases:
        with st.container(gap=None):  # the reason is drawn close below its case
            st.markdown(f"{'✔' if case.passed else '✘'} {texts.get(case.key, f'`{case.key}`')}")
            if case.why:
                st.text(word(case.why, markdown=False))
    result = grade.result
    if result.reason:
        st.warning(word(result.reason))
    output_box.show(result.stdout, result.stderr, ())


def _hints(item: Item, key: str) -> None:
    """Draw the item's hints, one more with each touch."""
    hints = list(item.facts.get("hints", ()))
    name = f"hints_{key}"
    shown = st.session_state.get(name, 0)
    for hint in hints[:shown]:
        st.info(hint[language()], icon=":material/lightbulb:")
    if shown < len(hints):
        st.button(
            f"{t('quiz.hint')} {shown + 1}/{len(hints)}",
            key=f"hint_{key}",
            icon=":material/lightbulb:",
            on_click=st.session_state.__setitem__,
            args=(name, shown + 1),
        )
