"""The question bank as pages see it: loaded once, and again when a file changes."""

import streamlit as st

from study import bank
from study.question import Bank


def the_bank() -> Bank:
    return _loaded(bank.fingerprint())


@st.cache_resource(max_entries=1, show_spinner=False)
def _loaded(fingerprint: str) -> Bank:
    return bank.load()


def the_index() -> tuple:
    return _indexed(bank.fingerprint())


@st.cache_resource(max_entries=1, show_spinner=False)
def _indexed(fingerprint: str) -> tuple:
    from study import search

    return search.index(the_bank())
