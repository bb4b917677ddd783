"""Markdown of the bank on the screen: citations become links."""

import re

import streamlit as st

from study.bank.question import Bank

CITATION = re.compile(r"\[([a-z][a-z0-9-]*)( [^\]\n]+)?\](?![(\[])")


def show(text: str, bank: Bank) -> None:
    if text:
        st.markdown(linked(text, bank))


def linked(text: str, bank: Bank) -> str:
    """Return the text with citations such as `[he15 §4.1]` as links. Other brackets stay."""
    return CITATION.sub(lambda found: _link(found, bank), text)


def _link(found: re.Match, bank: Bank) -> str:
    source = bank.sources.get(found[1])
    if source is None:
        return found[0]
    label = f"{short_name(source.authors)} {source.year}{found[2] or ''}".replace("_", "\\_")
    return f"[\\[{label}\\]]({source.url})"


def short_name(authors: str) -> str:
    """Return the short name of the authors: "He et al." for four, both names for two."""
    names = [name.strip() for name in authors.split(",") if name.strip()]
    if len(names) > 2:
        return f"{names[0]} et al."
    return " & ".join(names)
