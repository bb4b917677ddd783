"""Ask to find the bug in code: first choose the line, then the fix."""

import streamlit as st

from study.bank.question import Bank, Item, Question
from ui.quiz.forms.choosing import options, pick
from ui.quiz.forms.lines import choose_line
from ui.shell.i18n import language, t


def ask(item: Item, question: Question | None, bank: Bank, key: str) -> dict | None:
    """Return the line and the fix. The line is final at once, because the fixes reveal it."""
    settled = f"line_settled_{key}"
    line = choose_line(item.files[""], t("quiz.bug_line"), key, locked=settled in st.session_state)
    line = st.session_state.setdefault(settled, line) if line else st.session_state.get(settled)
    if line is None:
        st.caption(t("quiz.bug_line"))
        return None
    texts = item.text[language()].choices
    fix = pick(options(item, key), texts, t("quiz.bug_fix", line=line), bank, key)
    return {"line": line, "fix": fix} if fix else None
