"""Compute with FSRS what is remembered of one item from its rows, in the learner's days.

Stability and difficulty do not depend on the plan, but the day on which an item comes back does
(`queue`). A new interview day or another retention therefore needs no new computation.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache

from fsrs import Card, Rating, Scheduler
from fsrs import State as CardState

from study.reviews.clocks import in_order
from study.reviews.review import Row, counted

NEVER = date.max
AGAIN = int(Rating.Again)


@dataclass(frozen=True)
class State:
    """Hold what is remembered of one item.

    `stability` is the number of days after which recall is 90 %, `today` counts the answers on the
    day `last`, and `hidden_until` is the first day on which the item may be asked again.
    """

    stability: float | None = None
    difficulty: float | None = None
    reviews: int = 0
    lapses: int = 0
    first: date | None = None
    last: date | None = None
    rating: int = 0
    today: int = 0
    hidden_until: date | None = None


@cache
def scheduler() -> Scheduler:
    """Return FSRS without steps of minutes: what failed today goes to the end of the queue."""
    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def folded(rows: Sequence[Row]) -> dict[str, State]:
    """Return the state of every item from rows in the order in which they were written."""
    return states_of(counted(in_order(rows)))


def states_of(standing: Iterable[Row]) -> dict[str, State]:
    """Return the state of every item from rows that count, in the order in which they happened."""
    return {item: fold(own) for item, own in by_item(standing).items()}


def by_item(standing: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the rows of each item, without rows that belong to no item."""
    found: dict[str, list[Row]] = {}
    for row in standing:
        if row.item:
            found.setdefault(row.item, []).append(row)
    return found


def fold(rows: Iterable[Row]) -> State:
    """Return the state after an item's rows, given those that count in the order they happened."""
    state = State()
    for row in rows:
        if row.kind == "review":
            state = after_review(state, row.body["rating"], row.day)
        elif row.kind == "reset":
            state = State()
        elif row.kind == "bury":
            state = replace(state, hidden_until=row.day + timedelta(days=1))
        elif row.kind == "suspend":
            hidden = NEVER if row.body.get("suspended", True) else None
            state = replace(state, hidden_until=hidden)
    return state


def after_review(state: State, rating: int, day: date) -> State:
    """Return the state with FSRS' next stability and difficulty, and the new counts."""
    waited = (day - state.last).days if state.last else 0
    stability, difficulty = _learnt(state.stability, state.difficulty, waited, rating)
    return State(
        stability,
        difficulty,
        state.reviews + 1,
        state.lapses + (rating == AGAIN),
        state.first or day,
        day,
        rating,
        state.today + 1 if state.last == day else 1,
        None,
    )


def learnt(state: State, rating: int, day: date) -> tuple[float, float]:
    """Return stability and difficulty after an answer on a day."""
    waited = (day - state.last).days if state.last else 0
    return _learnt(state.stability, state.difficulty, waited, rating)


@lru_cache(maxsize=2**16)  # the whole log is often computed again
def _learnt(
    stability: float | None, difficulty: float | None, waited: int, rating: int
) -> tuple[float, float]:
    card = Card(
        card_id=1,
        state=CardState.Learning if stability is None else CardState.Review,
        stability=stability,
        difficulty=difficulty,
        due=FIRST_NOON,
        last_review=None if stability is None else FIRST_NOON,
    )
    card, _ = scheduler().review_card(card, Rating(rating), FIRST_NOON + timedelta(days=waited))
    assert card.stability is not None and card.difficulty is not None
    return card.stability, card.difficulty


FIRST_NOON = datetime.combine(date(2026, 1, 1), time(12), UTC)  # FSRS uses only differences


def recall(state: State, day: date) -> float:
    """Return the chance of recall on a day, or 0 for an item that was never answered."""
    if state.stability is None or state.last is None:
        return 0.0
    return recall_after(state.stability, max(0, (day - state.last).days))


def recall_after(stability: float, days: float) -> float:
    """Return recall by FSRS-6's forgetting curve: 90 % after as many days as the stability."""
    decay = _decay()
    return float((1 + (0.9 ** (1 / decay) - 1) * days / stability) ** decay)


def days_until(stability: float, retention: float) -> int:
    """Return the whole days, at least one, until recall has fallen to `retention`."""
    decay = _decay()
    days: float = stability * (retention ** (1 / decay) - 1) / (0.9 ** (1 / decay) - 1)
    return max(1, round(days))


@cache
def _decay() -> float:
    return -float(scheduler().parameters[20])
