"""Draw the glossary: each term in both languages, a phrase to say, and questions that use it."""

import streamlit as st

from study.bank.question import Bank, Question
from ui.shared.question_bank import questions_by_term
from ui.shell import address, navigation
from ui.shell.appearance.heading import heading
from ui.shell.i18n import LANGUAGES, language, of, t

SHOWN = 6  # questions named under a term


def glossary_page(bank: Bank) -> None:
    """Draw all terms, with the one that the address names first."""
    heading(t("glossary.title"))
    st.markdown(t("glossary.what"))
    asked = address.value("term", bank.glossary)
    order = sorted(bank.glossary, key=lambda key: (key != asked, _word(bank, key, language())))
    for key in order:
        _term(key, bank)


def terms_of(question: Question, bank: Bank) -> None:
    """Draw the terms of an answer as links to the glossary."""
    by_term = questions_by_term(language())
    found = [key for key, questions in by_term.items() if question in questions]
    if not found:
        return
    with st.container(horizontal=True, gap="xsmall", key="terms", vertical_alignment="center"):
        st.caption(t("glossary.here"))
        for key in found:
            navigation.link("glossary", _word(bank, key, language()), term=key)


def _term(key: str, bank: Bank) -> None:
    term, codes = bank.glossary[key], sorted(LANGUAGES, key=lambda code: code != language())
    with st.container(border=True, gap="xsmall"):
        words = dict.fromkeys(_word(bank, key, code) for code in codes)  # "logits" only once
        st.header(" · ".join(words), anchor=key)
        if isinstance(term.get("say"), dict):
            st.markdown(t("glossary.say", phrase=of(term["say"])))
        _questions(key, bank)


def _questions(key: str, bank: Bank) -> None:
    found = questions_by_term(language())[key]
    with st.container(horizontal=True, gap="small"):
        for question in found[:SHOWN]:
            navigation.link("questions", of(question.title), q=question.id)
        if len(found) > SHOWN:
            word = _word(bank, key, language())
            navigation.link("questions", t("glossary.more", count=len(found)), search=word)


def _word(bank: Bank, key: str, code: str) -> str:
    return str(bank.glossary[key].get(code, key))
