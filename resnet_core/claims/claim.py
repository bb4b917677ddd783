"""What a claim is: its experiments, what is measured, when it holds, and who said it."""

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
    """The events of all runs of one seed, found by kind and arm as in a single run."""

    def __init__(self, histories: "Iterable[runs.History]"):
        self.histories = list(histories)

    def of(self, kind: str, arm: str | None = None) -> list[dict[str, Any]]:
        """Return the events of a kind, of one arm or of all."""
        return [event for past in self.histories for event in past.of(kind, arm)]


Measure = Callable[[Evidence], float]


@dataclass(frozen=True)
class Predicate:
    """`tolerance` is the slack that rounding may take; with "about" it is the whole allowance."""

    sense: Sense
    threshold: float
    tolerance: float = 0.0

    def holds(self, value: float) -> bool:
        """Say whether a value meets the predicate; one that is no number never does."""
        if math.isnan(value):
            return False
        if self.sense == "at least":
            return value >= self.threshold - self.tolerance
        if self.sense == "at most":
            return value <= self.threshold + self.tolerance
        return abs(value - self.threshold) <= self.tolerance


@dataclass(frozen=True)
class Control:
    """The same measurement where the effect must be absent, and what it must give there."""

    measure: Measure
    predicate: Predicate
    experiments: tuple[Experiment, ...] = ()


@dataclass(frozen=True)
class Claim:
    """One claim. Its words are `claims.<name>.<part>` in the locales.

    `experiments` name each arm differently; `measure` makes one number of the runs of one seed.
    Without experiments the number follows by counting. `scale` "log" takes the mean and the
    interval of logarithms, for ratios. `cuts` names the step at which the skips are taken out of
    the living nets. `rests_on` names the claims that this one builds on; `topic` is one of
    questions/topics.toml; `source` is a key of questions/sources.toml with its section.
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
        """Say whether a net takes more than the few steps that show what is so at the start."""
        whole = (*self.experiments, *self.control.experiments)
        return any(experiment.train.steps > FEW_STEPS for experiment in whole)


FEW_STEPS = 3
