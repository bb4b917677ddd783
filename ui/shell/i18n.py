"""Return the words of the interface in zh and en, from locales/<language>/<area>.json."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import streamlit as st

from base.messages import Message

LOCALES = Path(__file__).resolve().parents[2] / "locales"
LANGUAGES = ("zh", "en")
NAMES = {"zh": "中文", "en": "English"}


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return all areas of one language together."""
    merged: dict[str, str] = {}
    for path in sorted((LOCALES / language).glob("*.json")):
        merged |= json.loads(path.read_text("utf-8"))
    return merged


def translate(language: str, key: str, **values: object) -> str:
    """Return the text of a key, or else the English text, or else the key."""
    text = catalogue(language).get(key) or catalogue("en").get(key) or key
    return text.format(**values) if values else text


def known(key: str) -> bool:
    return key in catalogue("en")


def language() -> str:
    """Return the language of this session. The frame sets it before any page is drawn."""
    return st.session_state.get("lang") or "en"


def t(key: str, **values: object) -> str:
    return translate(language(), key, **values)


def named(area: str) -> Callable[[object], str]:
    """Return a function that words an option of an area in the current language. A widget may
    ask for its labels later, outside the session."""
    current = language()
    return lambda option: translate(current, f"{area}{option}")


def tag_name(tag: str) -> str:
    """Return the name of a tag, or the tag itself if it has no name yet."""
    return t(f"tag.{tag}") if known(f"tag.{tag}") else tag


def word(words: Message) -> str:
    """Return a message in the learner's language, or in English if it has no text there."""
    if not known(words.key):
        return words.english
    try:
        return t(words.key, **words.values)
    except (KeyError, IndexError):
        return words.english  # from a log of another version: the text needs other values


def of(texts: dict[str, str]) -> str:
    """Return the text in the learner's language."""
    return texts.get(language()) or texts.get("en") or next(iter(texts.values()), "")
