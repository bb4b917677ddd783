"""Type a number, or what a snippet prints."""

import streamlit as st

from study.question import Bank, Item, Question
from study.quiz import parse_number
from ui.texts import t


def ask_number(item: Item, question: Question, bank: Bank, key: str) -> str | None:
    unit = str(item.facts.get("unit", ""))
    label = t("quiz.number", unit=unit) if unit else t("quiz.number_plain")
    typed = st.text_input(label, key=f"number_{key}", help=t("quiz.number_help"))
    if typed.strip() and parse_number(typed) is None:
        st.caption(t("quiz.not_a_number"))
        return None
    return typed.strip() or None


def ask_output(item: Item, question: Question, bank: Bank, key: str) -> str | None:
    st.code(item.files[""], language="python", line_numbers=True)
    return st.text_area(t("quiz.output"), key=f"output_{key}", height=100).strip() or None
