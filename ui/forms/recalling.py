"""Say the answer aloud or type it; afterwards tick the key points that were said."""

import streamlit as st

from study.question import Bank, Item, Question
from ui import prose
from ui.texts import language, t


def ask(item: Item, question: Question, bank: Bank, key: str) -> str:
    """What was typed; nothing is as good, for it may have been said aloud."""
    st.info(t("quiz.say"), icon=":material/record_voice_over:")
    return st.text_area(t("quiz.notes"), key=f"notes_{key}", height=110, max_chars=20_000)


def tick(item: Item, question: Question, bank: Bank, key: str) -> list[str]:
    """Points that were said."""
    texts = question.prose[language()]
    st.markdown(t("quiz.tick"))
    said = []
    for point in item.points or question.points:
        star = " **★**" if question.points[point] == 2 else ""
        words = prose.linked(texts.points.get(point, point), bank)
        if st.checkbox(words + star, key=f"said_{key}_{point}"):
            said.append(point)
    with st.expander(t("quiz.short_answer")):
        prose.show(texts.short, bank)
    return said
