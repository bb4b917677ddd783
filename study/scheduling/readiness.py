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

from study.reviews.memory_state import State, after_review, recall_after
from study.reviews.review import Row

FACTORS = tuple(2 ** (k / 4) for k in range(-12, 13))  # an eighth to eight times FSRS' stability
SPREAD = math.log(2)  # before any answer two thirds of learners are taken to lie within twice
LATEST = 2000  # answers that are looked at
DRAWS = 400


@dataclass(frozen=True)
class Belief:
    """How likely each of FACTORS is for this learner, by `answers` on later days."""

    weights: tuple[float, ...]
    answers: int

    @property
    def factor(self) -> float:
        """How much longer than FSRS assumes this learner keeps things."""
        logs = (w * math.log(f) for w, f in zip(self.weights, FACTORS, strict=True))
        return math.exp(sum(logs))


@dataclass(frozen=True)
class Readiness:
    """`low` and `high` hold four days out of five."""

    mean: float
    low: float
    high: float


def belief(answered: list[Row]) -> Belief:
    evidence = _evidence(answered)
    return Belief(tuple(_weights(evidence)), len(evidence))


def readiness(
    item_ids: list[str], known: dict[str, State], believed: Belief, day: date
) -> Readiness:
    """Share of all items; those never seen count 0."""
    states = [known[i] for i in item_ids if i in known and known[i].reviews]
    shares = [_chances(states, factor, day) for factor in FACTORS]
    count = max(1, len(item_ids))
    totals = (w * sum(c) for w, c in zip(believed.weights, shares, strict=True))
    draws = _draws(believed.weights, shares, count)
    return Readiness(sum(totals) / count, draws[DRAWS // 10], draws[-DRAWS // 10])


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


def _draws(weights: tuple[float, ...], shares: list[list[float]], count: int) -> list[float]:
    """Shares that might be recalled: a factor by its weight, then the luck of that many items."""
    rng, sums = random.Random(0), list(accumulate(weights))
    means = [sum(chances) for chances in shares]
    spreads = [math.sqrt(sum(p * (1 - p) for p in chances)) for chances in shares]
    found = []
    for _ in range(DRAWS):
        place = min(bisect_left(sums, rng.random()), len(shares) - 1)
        found.append(min(count, max(0.0, rng.gauss(means[place], spreads[place]))) / count)
    return sorted(found)
