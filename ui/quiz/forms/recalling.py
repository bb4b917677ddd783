"""Let the learner say or type the answer, and afterwards tick the key points that they said."""

import streamlit as st

from study.bank.question import Bank, Item, Question
from ui.quiz.forms import checklist
from ui.shared import prose
from ui.shell.i18n import language, t


def ask(item: Item, question: Question, bank: Bank, key: str) -> str:
    """Return the typed text. It may be empty, because the answer may be said aloud."""
    st.info(t("quiz.say"), icon=":material/record_voice_over:")
    return st.text_area(t("quiz.notes"), key=f"notes_{key}", height=110, max_chars=20_000)


def tick(item: Item, question: Question, bank: Bank, key: str) -> list[str]:
    """Return the key points that were said."""
    st.markdown(t("quiz.tick"))
    asked = item.points or tuple(question.points)
    words = worded(question, asked, language(), bank)
    said = checklist.tick(words, f"points_{key}", all_of_it=t("quiz.tick_all"))
    with st.expander(t("quiz.short_answer")):
        prose.show(question.prose[language()].short, bank)
    return said


def worded(question: Question, points: tuple[str, ...], code: str, bank: Bank) -> dict[str, str]:
    """Return the key points, with a star at the musts."""
    texts = question.prose[code].points
    return {
        point: prose.linked(texts.get(point, point), bank)
        + (" **★**" if question.points[point] == 2 else "")
        for point in points
    }
