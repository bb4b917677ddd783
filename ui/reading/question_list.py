"""All questions: search, filters, and a link to each."""

from collections.abc import Callable

import streamlit as st

from study.bank.question import Bank, Question
from ui.shared.question_bank import the_index
from ui.shell import navigation
from ui.shell.i18n import known, language, named, of, t


def question_list(bank: Bank) -> None:
    st.title(t("questions.title"), anchor=False)
    query = st.text_input(
        t("questions.search"),
        key="search",
        placeholder=t("questions.search_hint"),
        bind="query-params",
    )
    left, middle, right = st.columns(3)
    topics = [topic for topic in bank.topics if any(q.topic == topic for q in bank.questions)]
    topic = left.selectbox(
        t("questions.topic"),
        ["", *topics],
        format_func=_topics(bank),
        key="list_topic",
        persist_state="session",
    )
    levels = sorted({question.level for question in bank.questions})
    level = middle.selectbox(
        t("questions.level"),
        [0, *levels],
        format_func=_levels(),
        key="list_level",
        persist_state="session",
    )
    tags = sorted({tag for question in bank.questions for tag in question.tags})
    tag = right.selectbox(
        t("questions.tag"),
        ["", *tags],
        format_func=_tags(),
        key="list_tag",
        persist_state="session",
    )
    found = [
        question
        for question in _found(query)
        if topic in ("", question.topic)
        and level in (0, question.level)
        and (not tag or tag in question.tags)
    ]
    st.caption(t("questions.count", count=len(found), total=len(bank.questions)))
    if not found:
        st.info(t("questions.none"))
    for question in found:
        with st.container(border=True, key=f"plain_link_{question.id}"):
            navigation.link("questions", f"**{of(question.title)}**", q=question.id)
            st.markdown(question.prose[language()].ask)
            st.caption(
                f"{_topic(bank, question.topic)} · {t('question.level', level=question.level)} · "
                f"{t('questions.items', items=len(question.items))}"
            )
    if bank.problems:
        st.caption(t("questions.problems", count=len(bank.problems)))


def _found(query: str | None) -> list[Question]:
    from study.bank import search

    return search.search(the_index(), query or "")


def _topics(bank: Bank) -> Callable[[str], str]:
    """Worded now: a widget may ask for its labels later, outside the session."""
    return {key: _topic(bank, key) for key in ("", *bank.topics)}.get


def _levels() -> Callable[[int], str]:
    numbered = {level: t("question.level", level=level) for level in range(1, 6)}
    return {0: t("questions.any"), **numbered}.get


def _tags() -> Callable[[str], str]:
    anything, words = t("questions.any"), named("tag.")
    return lambda tag: (words(tag) if known(f"tag.{tag}") else tag) or anything


def _topic(bank: Bank, key: str) -> str:
    return of(bank.topics[key]) if key in bank.topics else key or t("questions.any")
