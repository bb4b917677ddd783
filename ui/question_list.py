"""All questions: search, filters, and a link to each."""

from collections.abc import Callable

import streamlit as st

from study.question import Bank, Question
from ui import house
from ui.knowledge import the_index
from ui.texts import language, of, t


def question_list(bank: Bank) -> None:
    st.title(t("questions.title"), anchor=False)
    query = st.text_input(
        t("questions.search"),
        key="search",
        placeholder=t("questions.search_hint"),
        bind="query-params",
    )
    left, right = st.columns(2)
    topics = [topic for topic in bank.topics if any(q.topic == topic for q in bank.questions)]
    topic = left.selectbox(t("questions.topic"), ["", *topics], format_func=_topics(bank))
    levels = sorted({question.level for question in bank.questions})
    level = right.selectbox(
        t("questions.level"),
        [0, *levels],
        format_func=_levels(),
    )
    found = _found(bank, query, topic, level)
    st.caption(t("questions.count", count=len(found), total=len(bank.questions)))
    if not found:
        st.info(t("questions.none"))
    for question in found:
        with st.container(border=True):
            house.link("questions", f"**{of(question.title)}**", q=question.id)
            st.markdown(question.prose[language()].ask)
            st.caption(
                f"{_topic(bank, question.topic)} · {t('question.level', level=question.level)} · "
                f"{t('questions.items', items=len(question.items))}"
            )
    if bank.problems:
        st.caption(t("questions.problems", count=len(bank.problems)))


def _found(bank: Bank, query: str, topic: str, level: int) -> list[Question]:
    from study import search

    found = search.search(the_index(), query or "")
    return [q for q in found if topic in ("", q.topic) and level in (0, q.level)]


def _topics(bank: Bank) -> Callable[[str], str]:
    """Worded now: a widget may ask for its labels later, outside the session."""
    return {key: _topic(bank, key) for key in ("", *bank.topics)}.get


def _levels() -> Callable[[int], str]:
    numbered = {level: t("question.level", level=level) for level in range(1, 6)}
    return {0: t("questions.any"), **numbered}.get


def _topic(bank: Bank, key: str) -> str:
    return of(bank.topics[key]) if key in bank.topics else key or t("questions.any")
