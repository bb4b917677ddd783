"""What is remembered of one item: a fold of its rows by FSRS, counted in the learner's days.

Stability and difficulty do not depend on the plan; when an item comes back does (`schedule`). So
a new interview day or another retention needs no second fold.
"""

from bisect import bisect_right
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.metadata import version

from fsrs import Card, Rating, Scheduler
from fsrs import State as CardState

from study.reviews.review import Row

NEVER = date.max
AGAIN = int(Rating.Again)


@dataclass(frozen=True)
class State:
    """`stability`: days after which recall is 90 %. `today`: answers on the day `last`.
    `hidden_until`: the first day on which the item may be asked again.
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

    def to_json(self) -> dict:
        return {
            key: value.isoformat() if isinstance(value, date) else value
            for key, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, data: dict) -> "State":
        days = {
            key: date.fromisoformat(data[key]) if data[key] else None
            for key in ("first", "last", "hidden_until")
        }
        return cls(**{**data, **days})


@cache
def fold_version() -> str:
    """Stored states made by another fold are made again."""
    return f"1/fsrs-{version('fsrs')}"


@cache
def scheduler() -> Scheduler:
    """Steps of minutes are left out: an item failed today waits at the end of today's queue."""
    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def fold(rows: list[Row]) -> State:
    """The state after an item's rows, given those that stand in the order of the log."""
    state = State()
    for row, day in zip(rows, trusted_days(rows), strict=True):
        if row.kind == "review":
            state = after_review(state, int(row.body["rating"]), day)
        elif row.kind == "reset":
            state = State()
        elif row.kind == "bury":
            state = replace(state, hidden_until=day + timedelta(days=1))
        elif row.kind == "suspend":
            hidden = NEVER if row.body.get("suspended", True) else None
            state = replace(state, hidden_until=hidden)
    return state


def after_review(state: State, rating: int, day: date) -> State:
    """FSRS' next stability and difficulty, and the counts."""
    stability, difficulty = learnt(state, rating, day)
    same_day = state.last == day
    return State(
        stability,
        difficulty,
        state.reviews + 1,
        state.lapses + (rating == AGAIN),
        state.first or day,
        day,
        rating,
        state.today + 1 if same_day else 1,
        None,
    )


def learnt(state: State, rating: int, day: date) -> tuple[float, float]:
    card = Card(
        card_id=1,
        state=CardState.Learning if state.stability is None else CardState.Review,
        stability=state.stability,
        difficulty=state.difficulty,
        due=_noon(day),
        last_review=_noon(state.last) if state.last else None,
    )
    card, _ = scheduler().review_card(card, Rating(rating), _noon(day))
    return card.stability, card.difficulty


def recall(state: State, day: date) -> float:
    """Chance of recall on a day; 0 for what was never answered."""
    if state.stability is None:
        return 0.0
    return recall_after(state.stability, max(0, (day - state.last).days))


def recall_after(stability: float, days: float) -> float:
    """FSRS-6's forgetting curve, 90 % when as many days as the stability have passed."""
    decay = -scheduler().parameters[20]
    return (1 + (0.9 ** (1 / decay) - 1) * days / stability) ** decay


def days_until(stability: float, retention: float) -> int:
    """Whole days until recall has sunk to `retention`; at least one."""
    decay = -scheduler().parameters[20]
    days = stability * (retention ** (1 / decay) - 1) / (0.9 ** (1 / decay) - 1)
    return max(1, round(days))


def trusted_days(rows: list[Row]) -> list[date]:
    """Days that never go back. Where a clock was wrong for a while, the longest run of days in
    order is believed, the later one of two as long, and the others take the day before them.
    """
    days = [row.day for row in rows]
    if all(a <= b for a, b in zip(days, days[1:], strict=False)):
        return days
    believed = _longest_in_order(days)
    told, current = [], days[min(believed)]
    for place, day in enumerate(days):
        current = day if place in believed else current
        told.append(current)
    return told


def _longest_in_order(days: list[date]) -> set[int]:
    """Places of a longest subsequence that never goes back."""
    ends: list[date] = []
    places: list[int] = []
    before: list[int] = []
    for place, day in enumerate(days):
        length = bisect_right(ends, day)
        before.append(places[length - 1] if length else -1)
        ends[length : length + 1] = [day]
        places[length : length + 1] = [place]
    found, place = set(), places[-1]
    while place >= 0:
        found.add(place)
        place = before[place]
    return found


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
