"""Define simulated learners for trying a schedule; the scheduler does not know how they forget.

One kind forgets by FSRS-6 with its own parameters. The others belong to other families: a power law
(the form of Wickelgren 1974, doi:10.3758/BF03197575), ACT-R's sum of power laws, whose decay grows
with the activation at study (the form of Pavlik and Anderson 2005,
doi:10.1207/s15516709cog0000_14), an exponential half-life, and one that guesses and slips. The
constants are our own choice. Items differ in difficulty within a learner.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from fsrs import Card, Rating, Scheduler
from fsrs import State as CardState
from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

BEGIN = datetime(2027, 1, 1, 12, tzinfo=UTC)
GUESS = 0.6  # the chance of knowing an unseen item is uniform from 0 to this


class Learner(Protocol):
    def chance(self, item: int, day: int) -> float:
        """Return the chance of recalling an item on a day."""

    def study(self, item: int, day: int, right: bool) -> None:
        """Record an answer, after which the learner sees the solution."""


class FsrsLearner:
    """Forget by FSRS-6; `speed` scales first stabilities, `growth` the gain of a success."""

    def __init__(self, rng: random.Random, items: int, speed: float, growth: float):
        drawn = [value * math.exp(rng.gauss(0, 0.25)) for value in Scheduler().parameters]
        drawn[:4] = [value * speed for value in drawn[:4]]
        drawn[8] = Scheduler().parameters[8] + growth + rng.gauss(0, 0.3)
        limits = zip(LOWER_BOUNDS_PARAMETERS, drawn, UPPER_BOUNDS_PARAMETERS, strict=True)
        kept = [min(high, max(low, value)) for low, value, high in limits]
        self._scheduler = Scheduler(
            kept, learning_steps=(), relearning_steps=(), enable_fuzzing=False
        )
        self._ease = [math.exp(rng.gauss(0, 0.4)) for _ in range(items)]
        self._guess = [rng.uniform(0, GUESS) for _ in range(items)]
        self._cards: list[Card | None] = [None] * items

    def chance(self, item: int, day: int) -> float:
        card = self._cards[item]
        if card is None or card.last_review is None or card.stability is None:
            return self._guess[item]
        days = (BEGIN + timedelta(days=day) - card.last_review).days
        decay = -self._scheduler.parameters[20]
        factor = 0.9 ** (1 / decay) - 1
        return float((1 + factor * days / (card.stability * self._ease[item])) ** decay)

    def study(self, item: int, day: int, right: bool) -> None:
        now = BEGIN + timedelta(days=day)
        card = self._cards[item] or Card(1, CardState.Learning, due=now)
        rating = Rating.Good if right else Rating.Again
        self._cards[item], _ = self._scheduler.review_card(card, rating, now)


class ActrLearner:
    """Forget with the activation ln Σ t^-d; d is larger if the activation at study was higher."""

    PACE = 86_400 * 0.025  # a day in seconds, slowed outside of study as in the paper

    def __init__(self, rng: random.Random, items: int):
        self._intercept = 0.177 * math.exp(rng.gauss(0, 0.25))
        self._scale = 0.217 * math.exp(rng.gauss(0, 0.25))
        self._threshold = -2.3 + rng.gauss(0, 0.3)
        self._noise = 0.255 * math.exp(rng.gauss(0, 0.2))
        self._ease = [rng.gauss(0, 0.5) for _ in range(items)]
        self._guess = [rng.uniform(0, GUESS) for _ in range(items)]
        self._traces: list[list[tuple[int, float]]] = [[] for _ in range(items)]

    def chance(self, item: int, day: int) -> float:
        if not self._traces[item]:
            return self._guess[item]
        distance = self._threshold - self._activation(item, day)
        return 1 / (1 + math.exp(distance / self._noise))

    def study(self, item: int, day: int, right: bool) -> None:
        decay = self._intercept
        if self._traces[item]:
            decay += self._scale * math.exp(self._activation(item, day))
        self._traces[item].append((day, decay))

    def _activation(self, item: int, day: int) -> float:
        total = sum(((day - at) * self.PACE + 600) ** -d for at, d in self._traces[item])
        return math.log(total) + self._ease[item]


class HalfLifeLearner:
    """Lose half of the recall in a half-life, which success stretches more after a longer wait."""

    def __init__(self, rng: random.Random, items: int):
        self._first = 3 * math.exp(rng.gauss(0, 0.3))
        self._stretch = 2.2 * math.exp(rng.gauss(0, 0.2))
        self._ease = [math.exp(rng.gauss(0, 0.4)) for _ in range(items)]
        self._guess = [rng.uniform(0, GUESS) for _ in range(items)]
        self._known: list[tuple[float, int] | None] = [None] * items

    def chance(self, item: int, day: int) -> float:
        found = self._known[item]
        if found is None:
            return self._guess[item]
        half, at = found
        return float(2 ** (-(day - at) / half))

    def study(self, item: int, day: int, right: bool) -> None:
        found = self._known[item]
        if found is None:
            half = self._first * self._ease[item] * (1.5 if right else 1)
        else:
            half, at = found
            waited = min(1.0, 1.5 * (day - at) / half)
            half = half * (1 + (self._stretch - 1) * waited) if right else max(1.0, half / 2)
        self._known[item] = (half, day)


class PowerLearner:
    """Recall with (1 + t / scale)^-decay; each success stretches the scale, more if it is later."""

    def __init__(self, rng: random.Random, items: int):
        self._decay = 0.5 * math.exp(rng.gauss(0, 0.2))
        self._first = 4 * math.exp(rng.gauss(0, 0.4))
        self._stretch = 2.0 * math.exp(rng.gauss(0, 0.2))
        self._ease = [math.exp(rng.gauss(0, 0.5)) for _ in range(items)]
        self._guess = [rng.uniform(0, GUESS) for _ in range(items)]
        self._known: list[tuple[float, int] | None] = [None] * items

    def chance(self, item: int, day: int) -> float:
        found = self._known[item]
        if found is None:
            return self._guess[item]
        scale, at = found
        return float((1 + (day - at) / scale) ** -self._decay)

    def study(self, item: int, day: int, right: bool) -> None:
        found = self._known[item]
        if found is None:
            scale = self._first * self._ease[item] * (1.5 if right else 0.7)
        else:
            scale, at = found
            waited = min(1.5, (day - at) / scale)
            scale = scale * (1 + self._stretch * waited) if right else max(1.0, scale * 0.6)
        self._known[item] = (scale, day)


class GuessingLearner:
    """Forget by half-life, guess one forgotten item in four right, and slip on one in twelve.

    `chance` is the chance of a right answer, as in an interview. The learner studies what it
    answered.
    """

    LUCK, SLIP = 0.25, 0.08

    def __init__(self, rng: random.Random, items: int):
        self._memory = HalfLifeLearner(rng, items)

    def chance(self, item: int, day: int) -> float:
        return self.LUCK + (1 - self.LUCK - self.SLIP) * self._memory.chance(item, day)

    def study(self, item: int, day: int, right: bool) -> None:
        self._memory.study(item, day, right)


@dataclass(frozen=True)
class Kind:
    name: str
    make: Callable[[random.Random, int], Learner]


KINDS = (
    Kind("power law", PowerLearner),
    Kind("ACT-R", ActrLearner),
    Kind("guesses and slips", GuessingLearner),
    Kind("half-life", HalfLifeLearner),
    Kind("FSRS", lambda rng, items: FsrsLearner(rng, items, 1.0, 0.0)),
)
