"""Say the answer aloud or type it, uncover the key points, tick what was said."""

import streamlit as st

from study.question import Bank, Item, Question
from ui import prose
from ui.texts import language, t


def ask(item: Item, question: Question, bank: Bank, key: str) -> list[str] | None:
    st.text_area(t("quiz.notes"), key=f"notes_{key}", height=110)
    if not st.session_state.get(f"uncovered_{key}"):
        if st.button(t("quiz.uncover"), key=f"uncover_{key}", shortcut="a"):
            st.session_state[f"uncovered_{key}"] = True
            st.rerun()
        return None
    texts = question.prose[language()]
    prose.show(texts.short, bank)
    st.markdown(t("quiz.tick"))
    said = []
    for point in item.points or question.points:
        star = " **★**" if question.points[point] == 2 else ""
        if st.checkbox(texts.points.get(point, point) + star, key=f"said_{key}_{point}"):
            said.append(point)
    return said
