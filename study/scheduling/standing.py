"""Compute where a learner stands with a question from the states of its items."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from study.bank.question import Question
from study.reviews.memory_state import State, recall
from study.scheduling.queue import Plan, due_day, hidden

NEW, READ, LEARNING, DUE, KNOWN = "new", "read", "learning", "due", "known"


@dataclass(frozen=True)
class Standing:
    """Hold where the learner stands.

    `name` is one of the five above. `recall` is the mean chance of recall over the answered items,
    or None before the first answer.
    """

    name: str
    recall: float | None = None


def standing(
    question: Question, known: Mapping[str, State], day: date, plan: Plan, *, read: bool
) -> Standing:
    """Return the standing of a question on a day.

    It is due if one of its answered items is. It is known if every item was answered and is
    remembered as well as the plan asks, and in learning between the two.
    """
    answered = [known[i.id] for i in question.items if i.id in known and known[i.id].reviews]
    if not answered:
        return Standing(READ if read else NEW)
    mean = sum(recall(state, day) for state in answered) / len(answered)
    if any(_due(state, day, plan) for state in answered):
        return Standing(DUE, mean)
    complete = len(answered) == len(question.items) and mean >= plan.retention
    return Standing(KNOWN if complete else LEARNING, mean)


def _due(state: State, day: date, plan: Plan) -> bool:
    due = due_day(state, plan)
    return due is not None and due <= day and not hidden(state, day)
