"""Draw Markdown of the bank with its citations as links."""

import re

import streamlit as st

from study.bank.citations import CITATION, cited
from study.bank.question import Bank


def show(text: str, bank: Bank) -> None:
    """Draw a text of the bank. Does nothing if it is empty."""
    if text:
        st.markdown(linked(text, bank))


def linked(text: str, bank: Bank) -> str:
    """Turn `[he15 §4.1]` into a link to the paper with the place. Other brackets stay.

    `[he15 §4.1; he16 Fig. 1]` becomes two links, `[he15 §4.1; §5]` one.
    """
    return CITATION.sub(lambda found: _links(found, bank), text)


def _links(found: re.Match, bank: Bank) -> str:
    sources = cited(found)
    if any(key not in bank.sources for key, _ in sources):
        return found[0]
    return " ".join(_link(key, place, bank) for key, place in sources)


def _link(key: str, place: str, bank: Bank) -> str:
    source = bank.sources[key]
    label = f"{short_name(source.authors)} {source.year} {place}".strip().replace("_", "\\_")
    return f"[\\[{label}\\]]({source.url})"


def short_name(authors: str) -> str:
    """Return the short form of the authors: "He et al." for four, both names for two."""
    names = [name.strip() for name in authors.split(",") if name.strip()]
    if len(names) > 2:
        return f"{names[0]} et al."
    return " & ".join(names)
