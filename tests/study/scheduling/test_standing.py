"""Where a learner stands with a question: new, read, learning, due or known."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from study.bank import loading
from study.reviews.memory_state import State, after_review
from study.scheduling.queue import Plan
from study.scheduling.standing import standing

DAY = date(2026, 11, 20)
QUESTION = next(question for question in loading.load().questions if len(question.items) > 1)
IDS = [item.id for item in QUESTION.items]
GOOD, AGAIN = 3, 1


def answered(rating: int, ago: int) -> State:
    """Return the state of an item that was answered once, `ago` days before DAY."""
    return after_review(State(), rating, DAY - timedelta(days=ago))


@pytest.mark.parametrize(
    ("known", "read", "name"),
    [
        ({}, False, "new"),
        ({}, True, "read"),
        ({IDS[0]: State()}, True, "read"),
        ({IDS[0]: answered(GOOD, 0)}, True, "learning"),
        ({id: answered(GOOD, 0) for id in IDS}, False, "known"),
        ({IDS[0]: answered(AGAIN, 9)}, True, "due"),
        ({IDS[0]: replace(answered(AGAIN, 9), hidden_until=date.max)}, True, "learning"),
    ],
)
def test_a_standing_follows_from_the_states_of_the_items(known, read, name):
    found = standing(QUESTION, known, DAY, Plan(), read=read)
    assert found.name == name
    assert (found.recall is None) == (name in ("new", "read"))
    assert found.recall is None or 0 < found.recall <= 1
