"""Load the question bank for pages once, and again soon after a file changes."""

import streamlit as st

from study.bank import loading
from study.bank.question import Bank, Question

LOOK_EVERY_S = 2.0  # checking the files of a hundred questions takes ten milliseconds


def the_bank() -> Bank:
    """Return the bank, loaded again if a file has changed."""
    return _loaded(_fingerprint())


@st.cache_data(ttl=LOOK_EVERY_S, show_spinner=False)
def _fingerprint() -> str:
    return loading.fingerprint()


@st.cache_resource(max_entries=1, show_spinner=False)
def _loaded(fingerprint: str) -> Bank:
    return loading.load()


def the_index():
    """Return the search index of the bank."""
    return _indexed(_fingerprint())


@st.cache_resource(max_entries=1, show_spinner=False)
def _indexed(fingerprint: str):
    from study.bank import search

    return search.index(the_bank())


def questions_by_term(language: str) -> dict[str, list[Question]]:
    """Return the questions that use each term of the glossary."""
    return _by_term(_fingerprint(), language)


@st.cache_resource(max_entries=2, show_spinner=False)
def _by_term(fingerprint: str, language: str) -> dict[str, list[Question]]:
    from study.bank import terms

    return terms.questions_by_term(the_bank(), language)
