"""Decide when an item comes back, and what is asked today within the minutes a learner gives.

An item is due when its chance of recall has fallen to the plan's retention. New items get a share
of the day's time first, then due items follow; what does not fit waits for the next days. A failed
item is asked again on the same day if time is left, and otherwise on the next. Each answer takes
its time from the day, so the list that was announced is the list that comes. Days are the learner's
own and begin at four.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from study.bank.question import Bank
from study.practice import drills
from study.reviews.clocks import AHEAD
from study.reviews.memory_state import AGAIN, State, days_until, folded, recall
from study.reviews.review import Row, counted
from study.scheduling.interview_plan import LAST_DAYS, by_gain, new_share
from study.scheduling.syllabus import USUAL, Syllabus, introduction, question_of

__all__ = ["Plan", "Today", "counted", "due", "due_day", "introduction", "plan_of", "today"]

SIBLINGS = 2  # new items of one question on a day
BESIDE = 4  # number of questions that take turns
TRIES = 3  # answers to one item on a day
MINUTES = 15
NOTHING = Syllabus()


@dataclass(frozen=True)
class Plan:
    """Hold what the learner asks of the schedule.

    `minutes` are for a day; `retention` is the chance of recall at which an item falls due.
    `new_a_day` is a limit of plans that were made before there were minutes.
    """

    interview: date | None = None
    retention: float = 0.9
    new_a_day: int | None = None
    minutes: int = MINUTES

    def days_left(self, day: date) -> int | None:
        """Return the days until the interview, or None without one or after it."""
        left = (self.interview - day).days if self.interview else -1
        return left if left >= 0 else None


@dataclass(frozen=True)
class Today:
    """Hold the items to ask, most urgent first, and those that failed earlier today.

    `due` and `new` count how many of `first` are of each kind. `waiting` counts due items that do
    not fit into the day, and `seconds` is the time of what is left to do.
    """

    first: tuple[str, ...]
    again: tuple[str, ...]
    due: int
    new: int
    waiting: int = 0
    seconds: float = 0.0

    @property
    def all(self) -> tuple[str, ...]:
        """Return the items to ask and, after them, those that failed earlier today."""
        return (*self.first, *self.again)


def plan_of(rows: Iterable[Row]) -> Plan:
    """Return the last plan that was made; missing fields have their defaults."""
    plan = Plan()
    for row in counted(rows):
        if row.kind == "plan":
            plan = _changed(plan, row.body)
    return plan


def _changed(plan: Plan, told: dict[str, Any]) -> Plan:
    interview = plan.interview
    if "interview" in told:
        interview = date.fromisoformat(told["interview"]) if told["interview"] else None
    retention = min(0.97, max(0.7, float(told.get("retention", plan.retention))))
    if told.get("minutes") is not None:
        return Plan(interview, retention, None, min(600, max(1, int(told["minutes"]))))
    new_a_day, minutes = plan.new_a_day, plan.minutes
    if "new_a_day" in told:
        new_a_day = int(told["new_a_day"])
    if "a_day" in told:  # a plan in items: as many, at the usual time each
        minutes = max(1, round(int(told["a_day"]) * USUAL / 60))
    return Plan(interview, retention, new_a_day, minutes)


def states(rows: Sequence[Row]) -> dict[str, State]:
    """Return the state of every item that has rows, from the log alone."""
    return folded(rows)


def due_day(state: State, plan: Plan) -> date | None:
    """Return the day on which an item is due, or None before its first answer."""
    if state.last is None or state.stability is None:
        return None
    return state.last + timedelta(days=days_until(state.stability, plan.retention))


def today(
    item_ids: Sequence[str],
    known: Mapping[str, State],
    day: date,
    plan: Plan,
    syllabus: Syllabus = NOTHING,
) -> Today:
    """Return what to ask on a day. `known` may hold items that are no longer in the bank."""
    answered = {item: state for item, state in known.items() if state.last == day}
    shown = _shown(answered, syllabus)
    open_ids = [i for i in item_ids if not hidden(known.get(i, FRESH), day) and i not in shown]
    left = _Left(plan, answered, syllabus, day)
    new = _in_turn([i for i in open_ids if known.get(i, FRESH).reviews == 0], answered, day)
    seen = [i for i in open_ids if i in known and known[i].reviews and known[i].last != day]
    waiting = [i for i in seen if _is_due(known[i], plan, day)]
    waiting.sort(key=lambda i: recall(known[i], day))
    days_left = plan.days_left(day)
    unseen = sum(syllabus.takes(i) for i in item_ids if _new_this_morning(known, i, day))
    share = new_share(unseen, 60 * plan.minutes, days_left)
    others = waiting
    if plan.interview and days_left and days_left <= LAST_DAYS:
        others = by_gain(seen, known, day, plan.interview)
    chosen = left.fill(new, others, share)
    if not days_left:  # items already learnt come before new ones
        chosen.sort(key=lambda i: known.get(i, FRESH).reviews == 0)
    failed = [i for i in open_ids if _failed_today(known.get(i, FRESH), day)]
    failed.sort(key=lambda i: known[i].today)  # in turn: no item is asked twice before the others
    again = [i for i in failed if left.repeats(i)]
    begun = sum(known.get(i, FRESH).reviews == 0 for i in chosen)
    put_off = len(set(waiting) - set(chosen))
    seconds = sum(map(syllabus.takes, (*chosen, *again)))
    first = tuple(_spoilers_last(chosen, syllabus))
    return Today(first, tuple(again), len(chosen) - begun, begun, put_off, seconds)


FRESH = State()


def _new_this_morning(known: Mapping[str, State], item: str, day: date) -> bool:
    return known.get(item, FRESH).first in (None, day)


class _Left:
    """Hold what is left of a day's time and limits, and collect the items that fit into it."""

    def __init__(self, plan: Plan, answered: Mapping[str, State], syllabus: Syllabus, day: date):
        self.syllabus, self.plan = syllabus, plan
        spent = {item: one.today * syllabus.takes(item) for item, one in answered.items()}
        begun = [item for item, state in answered.items() if state.first == day]
        self.seconds = 60 * plan.minutes - sum(spent.values())
        self.for_new = -sum(spent[item] for item in begun)
        self.new = 10**6 if plan.new_a_day is None else plan.new_a_day - len(begun)

    def fill(self, new: list[str], others: list[str], share: float) -> list[str]:
        """Return new items up to their share, then the others, then more new ones."""
        self.for_new += share * 60 * self.plan.minutes
        chosen = [i for i in new if self._fits(i, True, self.for_new)]
        chosen += [i for i in others if self._fits(i, False, 1e9)]
        rest = [i for i in new if i not in chosen]
        return chosen + [i for i in rest if self._fits(i, True, 1e9)]

    def repeats(self, item: str) -> bool:
        """Take the time for an item that failed today. Return False if the day has none left."""
        fits = self.seconds >= self.syllabus.takes(item) / 2
        self.seconds -= self.syllabus.takes(item) if fits else 0
        return fits

    def _fits(self, item: str, new: bool, limit: float) -> bool:
        """Take an item's time from the day. Return False if less than half of it is left."""
        cost = self.syllabus.takes(item)
        if min(self.seconds, limit) < cost / 2 or (new and self.new <= 0):
            return False
        self.seconds -= cost
        self.for_new -= cost if new else 0
        self.new -= new
        return True


def _in_turn(unseen: list[str], answered: Mapping[str, State], day: date) -> list[str]:
    """Return the new items of a day along the path.

    There are two of a question at most, and neighbouring questions take turns. A question that is
    asked for alone comes whole.
    """
    if len({question_of(item) for item in unseen}) == 1:
        return unseen
    own: dict[str, list[str]] = {}
    for item in unseen:
        own.setdefault(question_of(item) or item, []).append(item)
    begun = [question_of(item) for item, state in answered.items() if state.first == day]
    turns = [(begun.count(name), items) for name, items in own.items()]
    groups = [turns[n : n + BESIDE] for n in range(0, len(turns), BESIDE)]
    return [
        items[place - had]
        for group in groups
        for place in range(SIBLINGS)
        for had, items in group
        if 0 <= place - had < len(items)
    ]


def _shown(answered: Mapping[str, State], syllabus: Syllabus) -> set[str]:
    """Return the items whose answers a solution shown today has revealed."""
    return {item for one in answered for item in syllabus.spoils.get(one, ())} - set(answered)


def _spoilers_last(chosen: list[str], syllabus: Syllabus) -> list[str]:
    """Return the items, with those that give others of them away at the end."""
    given = set(chosen)
    return sorted(chosen, key=lambda item: len(syllabus.spoils.get(item, frozenset()) & given))


def _is_due(state: State, plan: Plan, day: date) -> bool:
    """Return whether an item is due, or was last answered by a clock that is far ahead."""
    due_on = due_day(state, plan)
    return due_on is not None and (due_on <= day or (state.last or day) - day > AHEAD)


def comes_back(
    item: str, known: Mapping[str, State], day: date, plan: Plan, after: Today
) -> date | None:
    """Return the day on which an item is asked again, given what is left of the day."""
    if item in after.all:
        return day
    due_on = due_day(known.get(item, FRESH), plan)
    return max(due_on, day + timedelta(days=1)) if due_on else None


def due(
    item_ids: Sequence[str],
    known: Mapping[str, State],
    day: date,
    plan: Plan,
    syllabus: Syllabus = NOTHING,
) -> list[str]:
    """Return all items to ask on a day, those that failed today at the end."""
    return list(today(item_ids, known, day, plan, syllabus).all)


def everyday(bank: Bank, known: Mapping[str, State]) -> list[str]:
    """Return every item of the bank, and the skills whose drills were begun."""
    begun = [skill for skill in drills.ids() if skill in known and known[skill].reviews]
    return [*introduction(bank), *begun]


def _failed_today(state: State, day: date) -> bool:
    return state.last == day and state.rating == AGAIN and state.today < TRIES


def hidden(state: State, day: date) -> bool:
    """Return whether an item is buried or suspended on a day."""
    return state.hidden_until is not None and state.hidden_until > day
