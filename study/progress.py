"""What follows from the review log: how much, how well, how well judged. Pure functions."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from study.schedule import Plan, State, counted, states
from study.store import Row


@dataclass(frozen=True)
class Calibration:
    """`brier` is the mean squared difference of stated confidence and outcome: 0 is perfect, 0.25
    is saying 50 % always. `bins` are (stated, correct share, answers).
    """

    brier: float
    answers: int
    bins: tuple[tuple[float, float, int], ...]


def reviews(rows: list[Row]) -> list[Row]:
    return [row for row in counted(rows) if row.kind == "review"]


def calibration(rows: list[Row]) -> Calibration | None:
    """None before anything was answered with a stated confidence."""
    pairs = [
        (float(row.body["confidence"]), bool(row.body["correct"]))
        for row in reviews(rows)
        if row.body.get("confidence") is not None
    ]
    if not pairs:
        return None
    brier = sum((stated - right) ** 2 for stated, right in pairs) / len(pairs)
    bins = []
    for stated in sorted({stated for stated, _ in pairs}):
        outcomes = [right for said, right in pairs if said == stated]
        bins.append((stated, sum(outcomes) / len(outcomes), len(outcomes)))
    return Calibration(brier, len(pairs), tuple(bins))


def per_day(rows: list[Row]) -> dict[date, tuple[int, int]]:
    """(answers, correct ones) of each local day that has any."""
    total: Counter[date] = Counter()
    right: Counter[date] = Counter()
    for row in reviews(rows):
        day = datetime.fromisoformat(row.at).astimezone().date()
        total[day] += 1
        right[day] += bool(row.body.get("correct"))
    return {day: (total[day], right[day]) for day in sorted(total)}


def forecast(rows: list[Row], today: date, days: int = 14) -> dict[date, int]:
    """How many known items fall due on each of the coming days; overdue ones count today."""
    counts = {today + timedelta(days=k): 0 for k in range(days)}
    for state in states(rows).values():
        if state.card is None:
            continue
        day = max(today, state.card.due.astimezone().date())
        if day in counts:
            counts[day] += 1
    return counts


def known_share(item_ids: list[str], known: dict[str, State], at: datetime, plan: Plan) -> float:
    """Share of items whose chance of recall is at least the plan's retention."""
    from study.schedule import retrievability

    if not item_ids:
        return 0.0
    strong = sum(
        i in known and retrievability(known[i], at, plan) >= plan.retention for i in item_ids
    )
    return strong / len(item_ids)
