"""When an item comes back, and what is asked today: FSRS aimed at the interview day.

An item falls due when its chance of recall has sunk to the plan's retention. With an interview
day, as many items are asked as without one, but other ones: `interview_plan` says which.
Days are the learner's own and begin at four in the morning.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from study.bank.question import Bank
from study.practice import drills
from study.reviews.memory_state import AGAIN, State, days_until, folded, recall
from study.reviews.review import Row, counted
from study.scheduling import interview_plan

__all__ = ["Plan", "State", "Today", "counted", "due", "due_day", "plan_of", "states", "today"]


@dataclass(frozen=True)
class Plan:
    """`retention`: chance of recall at which an item falls due. Limits are items a day."""

    interview: date | None = None
    retention: float = 0.9
    new_a_day: int = 12
    a_day: int = 80

    def days_left(self, day: date) -> int | None:
        """Until the interview; None without one, or after it."""
        left = (self.interview - day).days if self.interview else -1
        return left if left >= 0 else None


@dataclass(frozen=True)
class Today:
    """Items to ask, most urgent first, and those that failed earlier today. `due` and `new` are
    how many of `first` are of which kind.
    """

    first: tuple[str, ...]
    again: tuple[str, ...]
    due: int
    new: int

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.first, *self.again)


def plan_of(rows: list[Row]) -> Plan:
    """The last plan that was made; what it does not say, or says wrongly, is the default."""
    plan = Plan()
    for row in counted(rows):
        if row.kind == "plan":
            plan = _changed(plan, row.body)
    return plan


def _changed(plan: Plan, told: dict) -> Plan:
    interview = plan.interview
    if "interview" in told:
        interview = date.fromisoformat(told["interview"]) if told["interview"] else None
    retention = min(0.97, max(0.7, float(told.get("retention", plan.retention))))
    new_a_day = max(0, int(told.get("new_a_day", plan.new_a_day)))
    a_day = max(1, int(told.get("a_day", plan.a_day)))
    return Plan(interview, retention, new_a_day, a_day)


def states(rows: list[Row]) -> dict[str, State]:
    """Every item that has rows, from the log alone; `Store.states` keeps the same."""
    return folded(rows)


def due_day(state: State, plan: Plan) -> date | None:
    """The day an item falls due; None before its first answer."""
    if state.last is None:
        return None
    return state.last + timedelta(days=days_until(state.stability, plan.retention))


def today(item_ids: list[str], known: dict[str, State], day: date, plan: Plan) -> Today:
    """What to ask on a day. `known` may hold items that are no longer in the bank."""
    fresh = State()
    open_ids = [i for i in item_ids if not hidden(known.get(i, fresh), day)]
    answered = [state for state in known.values() if state.last == day]
    left = max(0, plan.a_day - sum(state.today for state in answered))
    quota = max(0, plan.new_a_day - sum(state.first == day for state in answered))
    unseen = [i for i in open_ids if known.get(i, fresh).reviews == 0]
    seen = [i for i in open_ids if i in known and known[i].reviews and known[i].last != day]
    waiting = [i for i in seen if due_day(known[i], plan) <= day]
    waiting.sort(key=lambda i: recall(known[i], day))
    chosen = [*waiting, *unseen[:quota]]
    if plan.days_left(day):
        chosen = interview_plan.aimed(
            seen, waiting, unseen[:quota], len(unseen), known, day, plan.interview
        )
    chosen = chosen[:left]
    new = sum(known.get(i, fresh).reviews == 0 for i in chosen)
    again = [i for i in open_ids if _failed_today(known.get(i, fresh), day)]
    again.sort(key=lambda i: known[i].today)  # in turn: none is asked twice before the others
    return Today(tuple(chosen), tuple(again), len(chosen) - new, new)


def due(item_ids: list[str], known: dict[str, State], day: date, plan: Plan) -> list[str]:
    return list(today(item_ids, known, day, plan).all)


def everyday(bank: Bank, known: dict[str, State]) -> list[str]:
    """Every item of the bank, and the skills whose drills were begun."""
    begun = [skill for skill in drills.ids() if skill in known and known[skill].reviews]
    return [*introduction(bank), *begun]


def introduction(bank: Bank) -> list[str]:
    """Items in the order in which new ones come: topic after topic in turn, easy questions first,
    a question's items together.
    """
    turn: dict[str, int] = {}
    order = []
    for place, question in enumerate(bank.questions):
        turn[question.topic] = turn.get(question.topic, -1) + 1
        order.append((turn[question.topic], place, question))
    return [
        item.id for *_, question in sorted(order, key=lambda o: o[:2]) for item in question.items
    ]


def _failed_today(state: State, day: date) -> bool:
    return state.last == day and state.rating == AGAIN


def hidden(state: State, day: date) -> bool:
    return state.hidden_until is not None and state.hidden_until > day
