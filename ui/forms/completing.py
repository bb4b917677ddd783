"""Complete code until its hidden cases pass; hints one after another."""

import streamlit as st

from resnet_core.wording import Said
from study.question import Bank, Item, Question
from ui import output_box
from ui.code_editor import code_editor
from ui.forms.running import TICK_S, ended, may_run
from ui.texts import language, t, word


def ask(item: Item, question: Question | None, bank: Bank, key: str) -> dict | None:
    """The code as it stands, and whether its cases passed; None until they ran on it."""
    code, pressed = code_editor(item.files[""], key=f"code_{key}")
    _hints(item, key)
    slot = f"grading_{key}"
    if st.button(t("quiz.code_run"), key=f"run_{key}", icon=":material/play_arrow:") or pressed:
        _begin(slot, item, code)
    if slot not in st.session_state:
        return None
    told, grading = st.session_state[slot]
    st.fragment(_live, run_every=TICK_S if grading.running else None)(grading, item, key)
    if grading.running or told != code:
        return None
    try:
        return {"code": code, "passed": grading.grade().passed}
    except Said:
        return None  # the item's own fault, told above; there is nothing to grade


def _begin(slot: str, item: Item, code: str) -> None:
    from study.sandbox import graded

    shipped = code in (item.files[""], item.files.get(".solution"))
    if not may_run(shipped=shipped):
        return
    try:
        grading = graded.begin(
            code,
            item.files[".check"],
            item.files[".solution"],
            tolerance=float(item.facts.get("tolerance", 1e-5)),
        )
    except Said as error:
        st.error(word(error.words))
        return
    st.session_state[slot] = (code, grading)


def _live(grading, item: Item, key: str) -> None:
    if grading.running:
        with st.container(horizontal=True):
            st.caption(t("snippet.running"))
            if st.button(t("snippet.stop"), key=f"stop_{key}"):
                grading.stop()
        return
    ended(grading)
    try:
        grade = grading.grade()
    except Said as error:
        st.error(word(error.words))
        return
    if grade.passed:
        st.success(t("quiz.code_passed"), icon=":material/check:")
    else:
        st.warning(t("quiz.code_failed"), icon=":material/close:")
    texts = item.text[language()].choices
    for case in grade.cases:
        st.markdown(f"{'✔' if case.passed else '✘'} {texts.get(case.key, f'`{case.key}`')}")
        if case.why:
            st.text(word(case.why))
    result = grade.result
    if result.reason:
        st.warning(word(result.reason))
    output_box.show(result.stdout, result.stderr, ())


def _hints(item: Item, key: str) -> None:
    """From the item's table, in both languages, one more at each touch."""
    hints = list(item.facts.get("hints", ()))
    name = f"hints_{key}"
    shown = st.session_state.get(name, 0)
    for hint in hints[:shown]:
        st.info(hint[language()], icon=":material/lightbulb:")
    if shown < len(hints):
        st.button(
            t("quiz.hint"),
            key=f"hint_{key}",
            on_click=st.session_state.__setitem__,
            args=(name, shown + 1),
        )
