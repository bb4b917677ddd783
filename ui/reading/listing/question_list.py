"""Draw all questions: search, filters, and a card for each that links to it."""

import streamlit as st

from study.bank.question import Bank, Question
from study.scheduling.standing import NEW, Standing
from ui.reading.listing import filters
from ui.reading.listing.standings import standings
from ui.shared.percent import percent
from ui.shell import navigation
from ui.shell.appearance.heading import heading
from ui.shell.i18n import language, of, t

COLOURS = {"read": "gray", "learning": "blue", "due": "orange", "known": "green"}


def question_list(bank: Bank) -> None:
    """Draw the list of questions as the address filters and sorts it."""
    heading(t("questions.title"))
    wanted = filters.draw(bank)
    standing = standings(bank)
    found = filters.listed(bank, wanted, lambda: standing)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(t("questions.count", count=len(found), total=len(bank.questions)))
        if wanted.place():
            navigation.link("questions", t("questions.clear"))
    if wanted.path in bank.paths:
        st.markdown(of(bank.paths[wanted.path]["what"]))
    if not found:
        st.info(t("questions.none"))
    for question in found:
        _card(question, bank, wanted, standing.of[question.id])
    if bank.problems:
        st.caption(t("questions.problems", count=len(bank.problems)))


def _card(question: Question, bank: Bank, wanted: filters.Filters, standing: Standing) -> None:
    with st.container(border=True, key=f"card_{question.id}", gap="xsmall"):
        navigation.link("questions", of(question.title), q=question.id, **wanted.place())
        st.markdown(question.prose[language()].ask)
        parts = (
            of(bank.topics.get(question.topic, {})),
            t("question.level", level=question.level),
            t("questions.items", items=len(question.items)),
            _worded(standing),
        )
        st.caption(" · ".join(part for part in parts if part))


def _worded(standing: Standing) -> str:
    """Return the standing in words and a colour, or "" for a new question."""
    if standing.name == NEW:
        return ""
    text = t(f"standing.{standing.name}")
    if standing.recall is not None:
        text += f" {percent(standing.recall)}"
    return f":{COLOURS[standing.name]}-badge[{text}]"
