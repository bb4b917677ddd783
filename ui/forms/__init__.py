"""One form for each kind of item: what it asks, and what `study.quiz.grade` takes as the answer."""

from study.question import Bank, Item, Question
from ui.forms import bugs, choosing, completing, ordering, reading, recalling, typing_in

FORMS = {
    "recall": recalling.ask,
    "choice": choosing.ask,
    "answer": choosing.ask,
    "bug": bugs.ask,
    "number": typing_in.ask_number,
    "shape": typing_in.ask_shape,
    "output": typing_in.ask_output,
    "order": ordering.ask,
    "chart": reading.ask,
    "code": completing.ask,
}


def ask(item: Item, question: Question | None, bank: Bank, key: str) -> object | None:
    """Draw the form; the answer so far, or None while there is none."""
    return FORMS[item.form](item, question, bank, key)
