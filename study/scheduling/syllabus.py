"""Describe the bank for the schedule.

The schedule needs the order of new items, the seconds an answer takes, and which items give others
away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from study.bank.order import by_path
from study.bank.question import Bank, Item, Question
from study.reviews.review import Row

# Seconds that an answer takes before the log says otherwise, by form; our own estimates.
PRIOR = {
    "choice": 25.0,
    "number": 45.0,
    "output": 45.0,
    "shape": 30.0,
    "bug": 50.0,
    "answer": 30.0,
    "order": 45.0,
    "chart": 40.0,
    "recall": 120.0,
    "code": 240.0,
}
USUAL = 40.0  # for a form that is not named
READING = 8.0  # seconds to read the solution; the log only has those up to the answer
WEIGHT = 8  # the estimate weighs as much as this many answers
AWAY = 5.0  # times the estimate; someone who takes longer is assumed to have left
DRILL = "drill"


@dataclass(frozen=True)
class Syllabus:
    """Hold the description of the bank for the schedule.

    `items` are in the order in which new ones come. `seconds` is the time of an item, including its
    solution. `spoils` names for an item those whose answers its solution shows.
    """

    items: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    spoils: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def takes(self, item: str) -> float:
        """Return the seconds that an item takes."""
        return self.seconds.get(item, USUAL)


def syllabus_of(bank: Bank, answered: Iterable[Row] = ()) -> Syllabus:
    """Return the syllabus of a bank for somebody who gave these answers."""
    forms = {item.id: item.form for item in bank.items}
    by_form = seconds_by_form(answered, forms)
    return Syllabus(
        tuple(introduction(bank)),
        {item: by_form.get(form, USUAL) + READING for item, form in forms.items()},
        {
            item.id: _spoilt(item, question)
            for question in bank.questions
            for item in question.items
        },
    )


def seconds_by_form(answered: Iterable[Row], forms: Mapping[str, str]) -> dict[str, float]:
    """Return the mean seconds up to the answer by form, drawn towards the estimate."""
    total, count = dict.fromkeys(PRIOR, 0.0), dict.fromkeys(PRIOR, 0)
    for row in answered:
        form, seconds = forms.get(row.item, ""), row.body.get("seconds")
        if form in PRIOR and seconds:
            total[form] += min(seconds, AWAY * PRIOR[form])
            count[form] += 1
    return {
        form: (WEIGHT * prior + total[form]) / (WEIGHT + count[form])
        for form, prior in PRIOR.items()
    }


def introduction(bank: Bank) -> list[str]:
    """Return every item along the path through the bank.

    Low levels come first, and a question after those it builds on. Within a question musts come
    first and free recall last.
    """
    return [item.id for question in by_path(bank.questions) for item in _within(question)]


def _within(question: Question) -> list[Item]:
    musts = set(question.musts)
    by_key = {item.key: item for item in question.items}
    place = {key: n for n, key in enumerate(by_key)}
    ordered = sorted(
        question.items,
        key=lambda i: (i.form == "recall", not musts & set(i.points), i.level, place[i.key]),
    )
    found: list[Item] = []
    for item in ordered:  # items that a solution gives away come before it
        shown = [by_key[key] for key in item.facts.get("reveals", ()) if key in by_key]
        found += [one for one in (*shown, item) if one not in found]
    return found


def _spoilt(item: Item, question: Question) -> frozenset[str]:
    """Return the items that a solution gives away: those named, and after free recall all.

    An item of another question is named by its id, "question/key".
    """
    keys = {key for key in item.facts.get("reveals", ())}
    if item.form == "recall":
        keys |= {other.key for other in question.items}
    return frozenset(key if "/" in key else f"{question.id}/{key}" for key in keys) - {item.id}


def question_of(item: str) -> str:
    """Return the question of an item, or "" for a drill, whose tasks give nothing away."""
    question = item.partition("/")[0]
    return "" if question == DRILL else question
