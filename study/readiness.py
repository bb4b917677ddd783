"""How much would be recalled on a day if learning stopped now, and how sure that is.

FSRS' stabilities come from other people. How much longer or shorter this learner keeps things is
one unknown factor; the learner's own answers say which values of it are likely. The range takes
in that doubt and the luck of the day.
"""

import math
import random
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from study.memory import State, after_review, recall_after
from study.row import Row

FACTORS = tuple(2 ** (k / 4) for k in range(-12, 13))  # an eighth to eight times FSRS' stability
SPREAD = math.log(2)  # before any answer two thirds of learners are taken to lie within twice
LATEST = 2000  # answers that are looked at
DRAWS = 400


@dataclass(frozen=True)
class Readiness:
    """`low` and `high` hold four days out of five. `factor`: how much longer than FSRS assumes
    this learner keeps things, with `answers` that speak for it.
    """

    mean: float
    low: float
    high: float
    factor: float
    answers: int


def readiness(
    item_ids: list[str], known: dict[str, State], answered: list[Row], day: date
) -> Readiness:
    evidence = _evidence(answered)
    weights = _weights(evidence)
    states = [known[i] for i in item_ids if i in known and known[i].reviews]
    shares = [_chances(states, factor, day) for factor in FACTORS]
    count = max(1, len(item_ids))
    mean = sum(w * sum(chances) for w, chances in zip(weights, shares, strict=True)) / count
    draws = _draws(weights, shares, count)
    factor = math.exp(sum(w * math.log(f) for w, f in zip(weights, FACTORS, strict=True)))
    return Readiness(mean, draws[DRAWS // 10], draws[-DRAWS // 10], factor, len(evidence))


def _evidence(answered: list[Row]) -> list[tuple[float, bool]]:
    """(days waited over FSRS' stability, recalled) of answers that test memory across days."""
    states: dict[str, State] = {}
    found = []
    for row in answered:
        state = states.get(row.item, State())
        if state.last is not None and state.last < row.day:
            waited = (row.day - state.last).days / state.stability
            found.append((waited, bool(row.body.get("correct"))))
        day = max(row.day, state.last or row.day)
        states[row.item] = after_review(state, int(row.body["rating"]), day)
    return found[-LATEST:]


def _weights(evidence: list[tuple[float, bool]]) -> list[float]:
    """How likely each factor is, after the answers."""
    scores = []
    for factor in FACTORS:
        score = -0.5 * (math.log(factor) / SPREAD) ** 2
        for waited, right in evidence:
            chance = min(0.995, max(0.005, recall_after(factor, waited)))
            score += math.log(chance if right else 1 - chance)
        scores.append(score)
    top = max(scores)
    raw = [math.exp(score - top) for score in scores]
    return [value / sum(raw) for value in raw]


def _chances(states: list[State], factor: float, day: date) -> list[float]:
    return [recall_after(s.stability * factor, max(0, (day - s.last).days)) for s in states]


def _draws(weights: list[float], shares: list[list[float]], count: int) -> list[float]:
    """Shares that might be recalled: a factor by its weight, then the luck of that many items."""
    rng = random.Random(0)
    sums = list(accumulate(weights))
    found = []
    for _ in range(DRAWS):
        chances = shares[min(bisect_left(sums, rng.random()), len(shares) - 1)]
        spread = math.sqrt(sum(p * (1 - p) for p in chances))
        found.append(min(count, max(0.0, rng.gauss(sum(chances), spread))) / count)
    return sorted(found)
