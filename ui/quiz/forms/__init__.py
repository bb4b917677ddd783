"""Hold a form for each kind of item, which draws it and returns the answer that is graded."""

from study.bank.question import Bank, Item, Question
from ui.quiz.forms import (
    bugs,
    chart_reading,
    choosing,
    code_answer,
    ordering,
    recalling,
    text_answer,
)

FORMS = {
    "recall": recalling.ask,
    "choice": choosing.ask,
    "answer": choosing.ask,
    "bug": bugs.ask,
    "number": text_answer.ask_number,
    "shape": text_answer.ask_shape,
    "output": text_answer.ask_output,
    "order": ordering.ask,
    "chart": chart_reading.ask,
    "code": code_answer.ask,
}


def ask(item: Item, question: Question | None, bank: Bank, key: str) -> object | None:
    """Draw the form and return the answer so far, or None until there is one."""
    return FORMS[item.form](item, question, bank, key)
