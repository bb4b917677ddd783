"""Choose an option, or the wrong sentence of an answer, by a touch or by its number."""

import random

import streamlit as st

from study.bank.question import Bank, Item, Question
from study.practice.grading import choices
from ui.shared import prose
from ui.shell.i18n import language, t

KEYS = "1234"  # the digits after them state the confidence


def ask(item: Item, question: Question | None, bank: Bank, key: str) -> str | None:
    """Draw the options. Return the chosen key, or None."""
    label = t("quiz.which_wrong") if item.form == "answer" else t("quiz.choose")
    return pick(options(item, key), item.text[language()].choices, label, bank, key)


def options(item: Item, key: str) -> list[str]:
    """Return the options in one shuffled order for the card; dependent sentences keep theirs."""
    keys = choices(item)
    if not item.facts.get("in_order"):
        random.Random(key).shuffle(keys)
    return keys


def pick(keys: list[str], texts: dict[str, str], label: str, bank: Bank, key: str) -> str | None:
    """Draw a button for each key. Return the chosen key, or None."""
    name = f"picked_{key}"
    st.caption(label)
    with st.container(gap="small", key=f"options_{key}"):
        for number, option in enumerate(keys, start=1):
            chosen = st.session_state.get(name) == option
            told = prose.linked(texts.get(option, option), bank)
            st.button(
                f"{'●' if chosen else '○'} {told}",
                key=f"pick_{number}_{key}",
                type="primary" if chosen else "secondary",
                shortcut=KEYS[number - 1] if number <= len(KEYS) else None,
                width="stretch",
                on_click=st.session_state.__setitem__,
                args=(name, option),
            )
    return st.session_state.get(name)
