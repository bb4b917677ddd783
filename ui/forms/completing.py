"""Complete code until its hidden tests pass; hints one after another."""

import streamlit as st

from study.question import Bank, Item, Question
from ui.forms.running import run_one
from ui.texts import t


def ask(item: Item, question: Question | None, bank: Bank, key: str) -> dict | None:
    """The code as it stands, and whether its tests passed; None until they ran once."""
    code = st.text_area(
        t("quiz.code"), item.files[""], key=f"code_{key}", height=320, help=t("quiz.code_help")
    )
    _hints(item, key)
    result = run_one(
        f"tests_{key}", code.rstrip() + "\n\n" + item.files[".check"], t("quiz.code_run")
    )
    if result is None:
        return None
    if result.status == "ok":
        st.success(t("quiz.code_passed"), icon=":material/check:")
    else:
        st.warning(t("quiz.code_failed"), icon=":material/close:")
    return {"code": code, "passed": result.status == "ok"}


def _hints(item: Item, key: str) -> None:
    hints = list(item.facts.get("hints", ()))
    name = f"hints_{key}"
    shown = st.session_state.get(name, 0)
    for hint in hints[:shown]:
        st.info(hint if isinstance(hint, str) else t("quiz.hint"), icon=":material/lightbulb:")
    if shown < len(hints):
        st.button(
            t("quiz.hint"),
            key=f"hint_{key}",
            on_click=st.session_state.__setitem__,
            args=(name, shown + 1),
        )
