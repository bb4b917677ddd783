"""Word everything in the interface in zh and en, from locales/<language>/<area>.json."""

from collections.abc import Callable

import streamlit as st

from base.catalogue import catalogue
from base.messages import Message
from ui.shell.appearance.outside import as_text, values_as_text

LANGUAGES = ("zh", "en")
NAMES = {"zh": "中文", "en": "English"}


def translate(language: str, key: str, **values: object) -> str:
    """Return the text of a key, in English if the language lacks it, or the key if both do."""
    text = catalogue(language).get(key) or catalogue("en").get(key) or key
    return text.format(**values) if values else text


def known(key: str) -> bool:
    """Return whether the catalogue has a text for the key."""
    return key in catalogue("en")


def language() -> str:
    """Return the language of this session, which the frame sets before any page is drawn."""
    return st.session_state.get("lang") or "en"


def t(key: str, **values: object) -> str:
    """Return the text of a key in the language of this session."""
    return translate(language(), key, **values)


def named(area: str) -> Callable[[object], str]:
    """Return a function that words an option by the key `area` + option.

    It keeps the current language: a widget may ask for labels later, outside the session.
    """
    current = language()
    return lambda option: translate(current, f"{area}{option}")


def tag_name(tag: str) -> str:
    """Return the name of a tag, or the tag itself if it is new to the bank."""
    return t(f"tag.{tag}") if known(f"tag.{tag}") else tag


def word(words: Message, *, markdown: bool = True) -> str:
    """Return a verdict or an error in the learner's language, or in English if no text is known.

    Its values may come from outside (the name of a file, a message of a worker), and so may the
    English of an unknown key: in Markdown both are shown as plain text.
    """
    shown = values_as_text(words.values) if markdown else words.values
    try:
        return t(words.key, **shown) if known(words.key) else _english(words, markdown)
    except (KeyError, IndexError):  # a log of another version lacks a value
        return _english(words, markdown)


def _english(words: Message, markdown: bool) -> str:
    return as_text(str(words)) if markdown else str(words)


def of(texts: dict[str, str]) -> str:
    """Return the text of the learner's language from a text that has both."""
    return texts.get(language()) or texts.get("en") or next(iter(texts.values()), "")
