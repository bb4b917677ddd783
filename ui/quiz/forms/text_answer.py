"""Ask for a number, a shape, or the output of a snippet as text."""

import streamlit as st

from study.bank import units
from study.bank.question import Bank, Item, Question
from study.practice.spelling import readings, shape_of, why_no_number
from ui.quiz.forms import chart_reading
from ui.shell.i18n import language, t


def ask_number(item: Item, question: Question | None, bank: Bank, key: str) -> str | None:
    """Draw the field. Return the typed text, or None if it holds no number."""
    if "run" in item.facts:
        chart_reading.draw(item, key)
    unit = units.word(str(item.facts.get("unit", "")), language())
    label = t("quiz.number", unit=unit) if unit else t("quiz.number_plain")
    typed = st.text_input(label, key=f"number_{key}", help=t("quiz.number_help"), max_chars=60)
    if typed.strip() and not readings(typed):
        st.warning(t(f"quiz.number_{why_no_number(typed)}"))
        return None
    return typed.strip() or None


def ask_shape(item: Item, question: Question | None, bank: Bank, key: str) -> str | None:
    """Draw the field. Return the typed text, or None if it is not a shape of the right rank."""
    typed = st.text_input(
        t("quiz.shape"), key=f"shape_{key}", placeholder=t("quiz.shape_like"), max_chars=60
    )
    if typed.strip() and len(shape_of(typed)) != len(item.facts["answer"]):
        st.warning(t("quiz.not_a_shape"))
        return None
    return typed.strip() or None


def ask_output(item: Item, question: Question | None, bank: Bank, key: str) -> str | None:
    """Draw the code and the field. Return the typed text, or None if it is empty."""
    st.code(item.files[""], language="python", line_numbers=True)
    typed = st.text_area(t("quiz.output"), key=f"output_{key}", height=100, max_chars=5000)
    return typed.strip() or None
