"""Draw the page of one question, from top to bottom."""

from functools import partial

import streamlit as st

from study.bank.question import Bank, Question
from ui.claims.claim_box import claim_box
from ui.reading import question_card
from ui.reading.contents import contents
from ui.reading.glossary import terms_of
from ui.reading.listing import filters
from ui.reading.listing.standings import standings
from ui.reading.print_view import print_view
from ui.shell import address, navigation
from ui.shell.appearance.style import wide
from ui.shell.i18n import language, t
from ui.snippets.snippet_box import snippet_box, warm_for


def question_page(question: Question, bank: Bank) -> None:
    """Draw the question, and its answer with everything else once the address opens it."""
    wanted = filters.current()
    place = wanted.place()
    if address.value("view") == "print":
        print_view(question, bank, place)
        return
    wide()
    with st.container(key="no_print_top"):
        navigation.link("questions", t("questions.all"), **place)
    warm_for(question)
    question_card.ask(question, bank)
    if not question_card.revealed():
        question_card.offer(question)
    else:
        contents(question)
        question_card.answer(question, bank)
        terms_of(question, bank)
        snippet_box(question, bank.snippet_texts)
        _claims(question)
        question_card.traps(question, bank)
        question_card.follow_ups(question, bank)
        question_card.sources(question, bank)
    _onward(question, place)
    listed = filters.listed(bank, wanted, partial(standings, bank))
    question_card.neighbours(question, listed, place)


def _claims(question: Question) -> None:
    claims = question.prose[language()].claims
    if question.claims:
        st.header(t("question.toc_claims"), anchor="claims")
    for name in question.claims:
        claim_box(name, claims.get(name, ""))


def _onward(question: Question, place: dict[str, str]) -> None:
    """Draw where to go from here: the quiz, the experiment, paper."""
    with st.container(horizontal=True, key="act_onward"):
        if question.items:
            label = t("questions.quiz", items=len(question.items))
            navigation.link("quiz", label, icon=":material/quiz:", question=question.id)
        if question.lab:
            navigation.link(
                "lab", t("questions.lab"), icon=":material/science:", preset=question.lab
            )
        navigation.link(
            "questions",
            t("questions.paper"),
            icon=":material/print:",
            q=question.id,
            view="print",
            **place,
        )
