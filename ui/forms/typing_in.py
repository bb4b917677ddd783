"""Type a number, a shape, or what a snippet prints."""

import streamlit as st

from study.question import Bank, Item, Question
from study.quiz import in_full
from ui.forms import reading
from ui.texts import t


def ask_number(item: Item, question: Question | None, bank: Bank, key: str) -> str | None:
    if "run" in item.facts:
        reading.draw(item, key)
    unit = str(item.facts.get("unit", ""))
    label = t("quiz.number", unit=unit) if unit else t("quiz.number_plain")
    typed = st.text_input(label, key=f"number_{key}", help=t("quiz.number_help"), max_chars=60)
    if typed.strip() and in_full(typed) is None:
        st.caption(t("quiz.not_a_number"))
        return None
    return typed.strip() or None


def ask_shape(item: Item, question: Question | None, bank: Bank, key: str) -> str | None:
    typed = st.text_input(
        t("quiz.shape"), key=f"shape_{key}", placeholder=t("quiz.shape_like"), max_chars=60
    )
    return typed.strip() or None


def ask_output(item: Item, question: Question | None, bank: Bank, key: str) -> str | None:
    st.code(item.files[""], language="python", line_numbers=True)
    typed = st.text_area(t("quiz.output"), key=f"output_{key}", height=100, max_chars=5000)
    return typed.strip() or None
