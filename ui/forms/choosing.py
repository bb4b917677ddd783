"""Choose one: an option, the wrong sentence of an answer, the reason of a bug."""

import random

import streamlit as st

from study.question import Bank, Item, Question
from study.quiz import choices
from ui import prose
from ui.texts import language, t


def ask(item: Item, question: Question, bank: Bank, key: str) -> str | None:
    text = item.text[language()]
    if item.form == "bug":
        st.code(item.files[""], language="python", line_numbers=True)
    keys = choices(item)
    if item.form != "answer":
        random.Random(key).shuffle(keys)  # the same order until the next time
    return st.radio(
        t("quiz.mark_wrong") if item.form == "answer" else t("quiz.choose"),
        keys,
        index=None,
        format_func=lambda option: prose.linked(text.choices.get(option, option), bank),
        key=f"choice_{key}",
    )
