"""Word what the interviewer asks and wants to hear, in the language of the interview."""

import streamlit as st

from study.bank import units
from study.bank.question import Bank, Item, Question
from study.practice import mock_interview as interview
from study.practice.mock_interview import Ask
from ui.shared import prose
from ui.shell.i18n import translate


def asked(question: Question, ask: Ask, code: str) -> str:
    """Return the text of what is asked."""
    if ask.must:
        item = interview.probe_item(question, ask.must)
        return item.text[code].prompt if item else translate(code, "mock.probe_more")
    if ask.path:
        return interview.follow_up(question, ask.path, code).ask
    return " ".join(question.prose[code].ask.split())


def show_answer(question: Question, ask: Ask, code: str, bank: Bank) -> None:
    """Draw the answer to what was asked."""
    if not ask.path:
        prose.show(question.prose[code].short, bank)
    elif ask.must:
        item = interview.probe_item(question, ask.must)
        st.markdown(f"**{prose.linked(question.prose[code].points[ask.must], bank)}**")
        if item is not None:
            prose.show(wanted(item, code), bank)
    else:
        prose.show(interview.follow_up(question, ask.path, code).answer, bank)


def wanted(item: Item, code: str) -> str:
    """Return the right answer of an item that was asked aloud, and why it is right."""
    text, right = item.text[code], item.facts["answer"]
    if item.form == "choice":
        return f"{text.choices.get(right, right)}\n\n{text.reasons.get(right, '')}"
    unit = units.word(str(item.facts.get("unit", "")), code)
    return f"{float(right):,.6g} {unit}\n\n{text.why}"
