"""Define a claim: its experiments, what is measured, when it holds, and its source."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from base.messages import Message
from resnet_core.experiment.config import Experiment

if TYPE_CHECKING:
    from resnet_core import runs

Tier = Literal["exact", "measured", "proxy", "fails-here"]
Sense = Literal["at least", "at most", "about"]
Part = Literal["title", "quantity", "paper", "why", "control"]
TIERS: tuple[Tier, ...] = ("fails-here", "proxy", "measured", "exact")


class Evidence:
    """Hold the events of all runs of one seed, to be found by kind and arm as in a single run."""

    def __init__(self, histories: "Iterable[runs.History]"):
        self.histories = list(histories)

    def of(self, kind: str, arm: str | None = None) -> list[dict[str, Any]]:
        """Return the events of a kind, of one arm or of all arms."""
        return [event for past in self.histories for event in past.of(kind, arm)]


Measure = Callable[[Evidence], float]


@dataclass(frozen=True)
class Predicate:
    """Hold a condition. `tolerance` allows for rounding; with "about" it is the whole range."""

    sense: Sense
    threshold: float
    tolerance: float = 0.0

    def holds(self, value: float) -> bool:
        """Return whether a value meets the predicate; NaN and infinity never do."""
        if math.isnan(value):
            return False
        if self.sense == "at least":
            return value >= self.threshold - self.tolerance
        if self.sense == "at most":
            return value <= self.threshold + self.tolerance
        return abs(value - self.threshold) <= self.tolerance


@dataclass(frozen=True)
class Control:
    """Define a measurement where the effect must be absent, and what it must give there."""

    measure: Measure
    predicate: Predicate
    experiments: tuple[Experiment, ...] = ()


@dataclass(frozen=True)
class Claim:
    """Define one claim. Its words are `claims.<name>.<part>` in the locales.

    Each arm has a different name in `experiments`. `measure` computes one number from the runs of
    one seed. A claim without experiments follows by counting. With `scale` "log" the mean and the
    interval are computed over logarithms, which suits ratios. `cuts` is the step at which the skips
    are removed from the nets while they train. `rests_on` names the claims that this one builds on.
    `topic` is a key of questions/topics.toml, and `source` a key of questions/sources.toml with its
    section.
    """

    name: str
    topic: str
    tier: Tier
    measure: Measure
    predicate: Predicate
    control: Control
    source: str
    experiments: tuple[Experiment, ...] = ()
    scale: Literal["linear", "log"] = "linear"
    cuts: int = 0
    rests_on: tuple[str, ...] = ()

    def words(self, part: Part) -> Message:
        """Return one of the claim's texts."""
        return Message(f"claims.{self.name}.{part}")

    @property
    def trains(self) -> bool:
        """Return whether a net trains for more than the few steps that show its start."""
        whole = (*self.experiments, *self.control.experiments)
        return any(experiment.train.steps > FEW_STEPS for experiment in whole)


FEW_STEPS = 3
