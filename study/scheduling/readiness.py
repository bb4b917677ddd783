"""Estimate how much would be recalled on a day if learning stopped now, and how certain that is.

FSRS' stabilities come from other people. How this learner forgets is unknown in four ways: how much
longer or shorter they remember, how steeply they forget, how much stability really grows with
practice, and how often they guess right. Items differ as well. The learner's own answers on later
days say which ways are likely. The range includes that uncertainty and the luck of the day.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from study.reviews.memory_state import State, after_review, days_until
from study.reviews.review import Row

FACTORS = tuple(2 ** (k / 2) for k in range(-8, 7))  # times FSRS' stability, a sixteenth to eight
DECAYS = (0.15, 0.3, 0.6, 1.2, 3.0)  # FSRS' own, a power law's, nearly an exponential's
GROWTHS = (0.1, 0.3, 0.5, 0.75, 1.0)  # the exponent that really applies to FSRS' stability
LUCKS = ((0.0, 0.02), (0.15, 0.05), (0.3, 0.1))  # guesses right, slips
SPREAD = math.log(4)  # two thirds of learners are assumed to be within it
KEPT = 0.8  # chance of recall at which retention times are compared
GROWTH, GROWTH_SPREAD = 0.8, 0.4
ITEMS = 0.5  # standard deviation of the log of an item's own factor
NODES = ((-1.732, 1 / 6), (0.0, 2 / 3), (1.732, 1 / 6))  # Gauss-Hermite, a normal
TRUST = 0.5  # weight of an answer: no learner forgets exactly by any of these curves
DOUBT = 0.2  # standard deviation of the log odds by which every way here is wrong
LATEST = 2000  # answers that are used
DRAWS = 2000
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Belief:
    """Hold how likely each way to forget is for this learner, from `answers` on later days."""

    weights: Floats
    answers: int

    @property
    def factor(self) -> float:
        """Return how many times longer than FSRS assumes this learner keeps an item of ten days."""
        days = np.geomspace(0.1, 1000, 200)
        kept = self.weights @ chances(np.full(200, 10.0), days)
        sunk = float(np.interp(-KEPT, -kept, days))
        return sunk / days_until(10.0, KEPT)


@dataclass(frozen=True)
class Readiness:
    """Hold the share recalled; `low` and `high` should bound it on four days out of five."""

    mean: float
    low: float
    high: float


@cache
def _grid() -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Return factor, decay, growth, guess and slip of every way to forget, one array each."""
    ways = [
        (factor, decay, growth, guess, slip)
        for factor in FACTORS
        for decay in DECAYS
        for growth in GROWTHS
        for guess, slip in LUCKS
    ]
    return tuple(np.array(column) for column in zip(*ways, strict=True))  # type: ignore[return-value]


def chances(stability: Floats, days: Floats) -> Floats:
    """Return the chance of a right answer, with a row for each way and a column for each item."""
    factor, decay, growth, guess, slip = (column[:, None] for column in _grid())
    scale = 0.9 ** (-1 / decay) - 1
    kept = factor * stability[None, :] ** growth
    recalled = np.zeros((len(factor), len(stability)))
    for node, weight in NODES:
        own = kept * math.exp(ITEMS * node)
        recalled += weight * (1 + scale * days[None, :] / own) ** -decay
    return guess + (1 - guess - slip) * recalled


def belief(answered: Iterable[Row]) -> Belief:
    """Return what the answers that test memory across days say about the learner."""
    evidence = _evidence(answered)
    factor, decay, growth, guess, _ = _grid()
    score = -0.5 * (np.log(factor) / SPREAD) ** 2
    score -= 0.5 * (np.log(decay / 0.3) / math.log(3)) ** 2
    score -= 0.5 * ((growth - GROWTH) / GROWTH_SPREAD) ** 2 + guess / 0.2
    if evidence:
        cells, right, wrong = _cells(evidence)
        chance = np.clip(chances(cells[:, 0], cells[:, 1]), 0.005, 0.995)
        score = score + TRUST * (np.log(chance) @ right + np.log(1 - chance) @ wrong)
    weights = np.exp(score - score.max())
    return Belief(weights / weights.sum(), len(evidence))


def readiness(
    item_ids: Iterable[str], known: Mapping[str, State], believed: Belief, day: date
) -> Readiness:
    """Return the share of all items that would be right; items never seen count 0."""
    ids = list(item_ids)
    pairs = [
        (state.stability, max(0, (day - state.last).days))
        for state in (known.get(item) for item in ids)
        if state is not None and state.stability is not None and state.last is not None
    ]
    if not pairs:
        return Readiness(0.0, 0.0, 0.0)
    table = np.array(pairs, dtype=float)
    found = chances(table[:, 0], table[:, 1])
    means, spreads = found.sum(axis=1), np.sqrt((found * (1 - found)).sum(axis=1))
    rng = np.random.default_rng(0)
    ways = rng.choice(len(means), DRAWS, p=believed.weights)
    odds = np.log(means[ways] / (len(pairs) - means[ways] + 1e-9) + 1e-9)
    doubted = len(pairs) / (1 + np.exp(-odds - rng.normal(0, DOUBT, DRAWS)))
    draws = np.clip(rng.normal(doubted, spreads[ways]), 0, len(pairs)) / len(ids)
    low, high = np.quantile(draws, (0.1, 0.9))
    return Readiness(float(believed.weights @ means) / len(ids), float(low), float(high))


def _evidence(answered: Iterable[Row]) -> list[tuple[float, float, bool]]:
    """Return (FSRS' stability, days waited, right) of answers on a later day than the last."""
    states: dict[str, State] = {}
    found = []
    for row in answered:
        state = states.get(row.item, State())
        if state.last is not None and state.stability is not None and state.last < row.day:
            waited = (row.day - state.last).days
            found.append((state.stability, float(waited), bool(row.body.get("correct"))))
        day = max(row.day, state.last or row.day)
        states[row.item] = after_review(state, row.body["rating"], day)
    return found[-LATEST:]


def _cells(evidence: list[tuple[float, float, bool]]) -> tuple[Floats, Floats, Floats]:
    """Return the evidence in cells of similar stability and wait: their means, right and wrong."""
    groups: dict[tuple[int, int], list[Any]] = {}
    for stability, waited, right in evidence:
        place = (round(3 * math.log(stability)), round(3 * math.log(waited)))
        groups.setdefault(place, []).append((stability, waited, right))
    cells = np.array([np.exp(np.log(np.array(g)[:, :2]).mean(axis=0)) for g in groups.values()])
    hits = np.array([sum(one[2] for one in group) for group in groups.values()], dtype=float)
    count = np.array([len(group) for group in groups.values()], dtype=float)
    return cells, hits, count - hits
