"""Project what a plan reaches by simulating the coming days with the schedule itself.

An answer counts as right as often as FSRS predicts, and a new one in four of ten cases. This says
what the plan asks and whether there is time for it; `readiness` says how sure recall is.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from study.bank.question import Bank
from study.reviews.memory_state import AGAIN, NEVER, State, after_review, recall
from study.scheduling import queue
from study.scheduling.interview_plan import GOOD, GUESS
from study.scheduling.queue import Plan, Today
from study.scheduling.readiness import Belief, Readiness, readiness
from study.scheduling.syllabus import Syllabus, question_of

AHEAD = 90  # days that are simulated at most; after that the plan says nothing new
STEPS = (5, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120)  # minutes that are offered


@dataclass(frozen=True)
class Projection:
    """Hold `seen` items by the day, the `known` states then, and the `seconds` of each day."""

    seen: int
    items: int
    known: Mapping[str, State]
    seconds: tuple[float, ...]


@dataclass(frozen=True)
class Reach:
    """Hold what the plan reaches by a day: `seen` of `items`.

    `minutes_for_all` are the minutes a day that reach all, or None if no offered amount does.
    """

    by: date
    seen: int
    items: int
    minutes_for_all: int | None


@dataclass(frozen=True)
class DayPlan:
    """Hold everything that Home says about the day.

    `share_reached` is the share of the bank reached by the interview day or in four weeks.
    Readiness is None before the first answer: `now`, and on the interview day `stopped` if learning
    ends now and `then` if the plan is followed. `weakest` is the question begun with the lowest
    recall. What is overdue is worked off in `backlog_days`.
    """

    days_left: int | None
    minutes: int
    today: Today
    topics: tuple[str, ...]
    reach: Reach
    share_reached: float
    now: Readiness | None
    stopped: Readiness | None
    then: Readiness | None
    weakest: str | None
    backlog_days: int


def projected(
    item_ids: Sequence[str],
    known: Mapping[str, State],
    day: date,
    plan: Plan,
    syllabus: Syllabus,
    days: int,
) -> Projection:
    """Simulate the plan for a number of days, including the first one."""
    now, rng, seconds = dict(known), random.Random(0), []
    for number in range(min(days, AHEAD)):
        on = day + timedelta(days=number)
        asked = queue.today(item_ids, now, on, plan, syllabus).first
        for item in asked:
            before = now.get(item, State())
            right = rng.random() < (recall(before, on) if before.reviews else GUESS)
            now[item] = after_review(before, GOOD if right else AGAIN, on)
        seconds.append(sum(map(syllabus.takes, asked)))
    seen = sum(1 for item in item_ids if item in now and now[item].reviews)
    return Projection(seen, len(item_ids), now, tuple(seconds))


def reach(
    item_ids: Sequence[str], known: Mapping[str, State], day: date, plan: Plan, syllabus: Syllabus
) -> Reach:
    """Return what the plan reaches by the interview day, or in four weeks without one.

    Suspended items are not counted.
    """
    item_ids = [i for i in item_ids if known.get(i, State()).hidden_until != NEVER]
    days = plan.days_left(day) or 28
    seen = projected(item_ids, known, day, plan, syllabus, days).seen
    return Reach(
        day + timedelta(days=days),
        seen,
        len(item_ids),
        _minutes_for_all(item_ids, known, day, plan, syllabus, days, seen),
    )


def _minutes_for_all(
    item_ids: Sequence[str],
    known: Mapping[str, State],
    day: date,
    plan: Plan,
    syllabus: Syllabus,
    days: int,
    seen: int,
) -> int | None:
    """Return the fewest offered minutes that reach everything, or the plan's own if they do."""
    if seen == len(item_ids):
        return plan.minutes
    unseen = sum(syllabus.takes(i) for i in item_ids if not known.get(i, State()).reviews)
    for minutes in STEPS:
        if minutes <= plan.minutes or 60 * minutes * days < unseen:
            continue  # too few minutes, from the new items alone
        more = replace(plan, minutes=minutes, new_a_day=None)
        if projected(item_ids, known, day, more, syllabus, days).seen == len(item_ids):
            return minutes
    return None


def day_plan(
    bank: Bank,
    known: Mapping[str, State],
    day: date,
    plan: Plan,
    syllabus: Syllabus,
    believed: Belief,
) -> DayPlan:
    """Return the plan of the day and what follows if the learner keeps to it."""
    ids = queue.everyday(bank, known)
    today = queue.today(ids, known, day, plan, syllabus)
    bank_ids, left = list(syllabus.items), plan.days_left(day)
    reached = reach(bank_ids, known, day, plan, syllabus)
    begun = any(state.reviews for state in known.values())
    now = readiness(bank_ids, known, believed, day) if begun else None
    stopped = then = None
    if plan.interview and left is not None:
        stopped = readiness(bank_ids, known, believed, plan.interview) if begun else None
        followed = projected(bank_ids, known, day, plan, syllabus, left)
        then = readiness(bank_ids, followed.known, believed, plan.interview) if left else None
    return DayPlan(
        left,
        max(1, round(today.seconds / 60)) if today.all else 0,
        today,
        _topics(bank, today),
        reached,
        reached.seen / max(1, reached.items),
        now,
        stopped,
        then,
        _weakest(bank, known, day),
        backlog_days(bank_ids, known, day, plan, syllabus),
    )


def backlog_days(
    item_ids: Sequence[str], known: Mapping[str, State], day: date, plan: Plan, syllabus: Syllabus
) -> int:
    """Return over how many days what is due now is spread, or 0 if it fits into today."""
    asked = queue.today(item_ids, known, day, plan, syllabus)
    if not asked.waiting:
        return 0
    late = {item for item in item_ids if item in known and _late(known[item], plan, day)}
    now, days = dict(known), 0
    while late and days < AHEAD:
        on = day + timedelta(days=days)
        for item in queue.today(item_ids, now, on, plan, syllabus).first:
            now[item] = after_review(now.get(item, State()), GOOD, on)
            late.discard(item)
        days += 1
    return days


def _late(state: State, plan: Plan, day: date) -> bool:
    due_on = queue.due_day(state, plan)
    return due_on is not None and due_on <= day and not queue.hidden(state, day)


def _topics(bank: Bank, today: Today) -> tuple[str, ...]:
    """Return the topics of the day, those with most items first."""
    topic = {question.id: question.topic for question in bank.questions}
    count: dict[str, int] = {}
    for item in today.first:
        found = topic.get(question_of(item))
        if found:
            count[found] = count.get(found, 0) + 1
    return tuple(sorted(count, key=lambda one: -count[one]))


def _weakest(bank: Bank, known: Mapping[str, State], day: date) -> str | None:
    """Return the question with the lowest recall, of those with three or more items begun."""
    worst = None
    for question in bank.questions:
        chances = [
            recall(known[i.id], day)
            for i in question.items
            if i.id in known and known[i.id].reviews
        ]
        if len(chances) >= 3:
            mean = sum(chances) / len(chances)
            worst = min(worst, (mean, question.id)) if worst else (mean, question.id)
    return worst[1] if worst else None
