"""What a plan reaches, said before it is followed, against following it."""

import random
from datetime import date, timedelta

import pytest

from study.bank import loading
from study.bank.question import Bank
from study.reviews.memory_state import NEVER, State, after_review
from study.scheduling import projection, queue
from study.scheduling.queue import Plan
from study.scheduling.readiness import belief
from study.scheduling.syllabus import syllabus_of

BANK = loading.load()
DAY = date(2026, 11, 20)
SYLLABUS = syllabus_of(BANK)
NOTHING = belief([])


def in_days(days: int, minutes: int = 15) -> Plan:
    return Plan(DAY + timedelta(days=days), minutes=minutes)


def test_what_is_told_to_be_reached_is_what_is_reached():
    """By a learner who answers half wrong, through the queue as the page asks it."""
    plan, rng, states = in_days(14), random.Random(1), {}
    told = projection.reach(SYLLABUS.items, {}, DAY, plan, SYLLABUS)
    for number in range(14):
        day = DAY + timedelta(days=number)
        while asked := queue.today(SYLLABUS.items, states, day, plan, SYLLABUS).all:
            right = rng.random() < 0.5
            states[asked[0]] = after_review(states.get(asked[0], State()), 3 if right else 1, day)
    assert told.items == len(BANK.items) and told.by == plan.interview
    assert len(states) == pytest.approx(told.seen, abs=0.03 * told.items)


def test_the_minutes_that_are_named_reach_all_and_fewer_do_not():
    told = projection.reach(SYLLABUS.items, {}, DAY, in_days(14), SYLLABUS)
    assert told.seen < told.items and told.minutes_for_all > 15
    enough = in_days(14, told.minutes_for_all)
    assert projection.reach(SYLLABUS.items, {}, DAY, enough, SYLLABUS).seen == told.items
    tomorrow = projection.reach(SYLLABUS.items, {}, DAY, in_days(1), SYLLABUS)
    assert tomorrow.minutes_for_all is None


def test_what_was_suspended_is_not_missed():
    away = {SYLLABUS.items[0]: State(hidden_until=NEVER)}
    told = projection.reach(SYLLABUS.items, away, DAY, in_days(60, 120), SYLLABUS)
    assert told.seen == told.items == len(BANK.items) - 1


def test_more_minutes_never_reach_less():
    seen = [
        projection.reach(SYLLABUS.items, {}, DAY, in_days(10, minutes), SYLLABUS).seen
        for minutes in (5, 10, 20, 40, 80)
    ]
    assert seen == sorted(seen) and seen[0] < seen[-1]


def test_what_is_not_reached_has_the_highest_level():
    """Musts of low levels are begun; what falls out at the end is what is asked last."""
    seen = projection.projected(SYLLABUS.items, {}, DAY, in_days(7), SYLLABUS, 7).known
    level = {item.id: question.level for question in BANK.questions for item in question.items}
    begun = [level[item] for item in level if item in seen]
    rest = [level[item] for item in level if item not in seen]
    assert sum(begun) / len(begun) < sum(rest) / len(rest)


def test_the_day_says_everything_home_needs():
    question = BANK.questions[0]
    weak = {item.id: after_review(State(), 1, DAY - timedelta(days=9)) for item in question.items}
    found = projection.day_plan(BANK, weak, DAY, in_days(9), SYLLABUS, NOTHING)
    assert found.days_left == 9 and 13 <= found.minutes <= 16
    assert found.weakest == question.id and set(found.topics) <= set(BANK.topics)
    assert 0 < found.stopped.mean < found.now.mean < found.then.mean < 1
    assert found.share_reached == found.reach.seen / len(BANK.items)


def test_the_day_of_an_empty_log_and_of_an_empty_bank():
    found = projection.day_plan(BANK, {}, DAY, Plan(), SYLLABUS, NOTHING)
    assert found.days_left is None and found.then is None and found.now is None
    assert found.weakest is None and found.backlog_days == 0 and found.today.new > 10
    empty = projection.day_plan(Bank(), {}, DAY, in_days(3), syllabus_of(Bank()), NOTHING)
    assert empty.share_reached == 0 and empty.minutes == 0 and empty.topics == ()


def test_on_the_interview_day_itself_nothing_fails():
    found = projection.day_plan(BANK, {}, DAY, in_days(0), SYLLABUS, NOTHING)
    assert found.days_left == 0 and found.then is None
