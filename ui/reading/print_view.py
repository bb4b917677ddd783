"""Draw a question for paper: all three lengths, the key points, the code and its output."""

import streamlit as st

from study.bank.question import Bank, Question
from ui.reading import question_card
from ui.shared import prose
from ui.shell import navigation
from ui.shell.i18n import language, t


def print_view(question: Question, bank: Bank, place: dict[str, str]) -> None:
    """Draw everything unfolded. The browser prints it without the frame."""
    with st.container(key="no_print_back", horizontal=True, vertical_alignment="center"):
        navigation.link("questions", t("questions.screen"), q=question.id, answer="short", **place)
        st.html(
            f"<button class='print' onclick='window.print()'>{t('questions.print')}</button>",
            unsafe_allow_javascript=True,
        )
    question_card.ask(question, bank)
    text = question.prose[language()]
    for length in question_card.LENGTHS:
        st.header(t(f"question.{length}"), anchor=False)
        prose.show(getattr(text, length), bank)
    st.header(t("question.toc_points"), anchor=False)
    points = (
        f"- ☐ {text.points.get(key, key)}{' **★**' if weight == 2 else ''}"
        for key, weight in question.points.items()
    )
    with st.container(key="print_points"):
        st.markdown("\n".join(points))
    question_card.traps(question, bank)
    if question.snippet is not None:
        st.header(t("snippet.title"), anchor=False)
        st.code(question.snippet.code, language="python", wrap_lines=True)
        st.code(question.snippet.expected, language=None, wrap_lines=True)
    question_card.sources(question, bank)
