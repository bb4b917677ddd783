"""Spot the bug in code: choose the line, then the fix."""

import streamlit as st

from study.bank.question import Bank, Item, Question
from ui.quiz.forms.choosing import options, pick
from ui.quiz.forms.lines import choose_line
from ui.shell.i18n import language, t


def ask(item: Item, question: Question | None, bank: Bank, key: str) -> dict | None:
    """The line is fixed before the fixes are shown, for they tell the line."""
    settled = f"line_settled_{key}"
    locked = settled in st.session_state
    line = choose_line(item.files[""], t("quiz.bug_line"), key, locked=locked)
    line = st.session_state.get(settled, line)
    if not locked:
        st.caption(t("quiz.bug_line"))
        st.button(
            t("quiz.bug_this_line", line=line) if line else t("quiz.bug_no_line"),
            key=f"settle_{key}",
            type="primary",
            shortcut="l",
            disabled=line is None,
            on_click=st.session_state.__setitem__,
            args=(settled, line),
        )
        return None
    texts = item.text[language()].choices
    fix = pick(options(item, key), texts, t("quiz.bug_fix", line=line), bank, key)
    return {"line": line, "fix": fix} if fix else None
