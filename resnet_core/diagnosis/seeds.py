"""What the seeds of a run come to together: mean and spread over those that are complete.

The spread is one standard deviation of the seeds, with n - 1 below the line.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from base.messages import Message
from resnet_core.diagnosis import readings
from resnet_core.runs import History


@dataclass(frozen=True)
class Spread:
    """The mean of `count` numbers and their standard deviation; NaN for a single one."""

    mean: float
    deviation: float
    count: int


def spread(values: Sequence[float]) -> Spread | None:
    """Return mean and deviation; None where there is no value, or one that is not finite."""
    if not values or not all(map(math.isfinite, values)):
        return None
    deviation = stdev(values) if len(values) > 1 else math.nan
    return Spread(fmean(values), deviation, len(values))


def complete(past: History, steps: int) -> list[History]:
    """Return the histories of the seeds that have taken all their steps, in order."""
    return [one for one in past.by_seed if one.step >= steps > 0 and not one.diverged]


def diverged(past: History) -> list[History]:
    """Return the histories of the seeds that diverged, in order."""
    return [one for one in past.by_seed if one.diverged]


def diverged_words(past: History) -> Message:
    """Return "Seed 2 diverged at step 57 (plain)." for a seed that diverged."""
    arms = ", ".join(past.diverged)
    return Message("seeds.diverged", {"seed": past.seed, "step": past.step - 1, "arms": arms})


def losses(pasts: Iterable[History], arm: str) -> list[float]:
    """Return each seed's training loss over its last steps; infinite where one was no number."""
    return [readings.mean_loss(past, arm) for past in pasts]


def accuracies(pasts: Iterable[History], arm: str) -> list[float]:
    """Return the last test accuracy of each seed that was evaluated."""
    return [event["accuracy"] for past in pasts for event in past.of("eval", arm)[-1:]]


def mean_loss(past: History, arm: str) -> float:
    """Return the training loss over the last steps, averaged over the seeds that were begun.

    Seeds that diverged are left out, unless all did: then it is infinite for an arm that did.
    """
    sound = [one for one in past.by_seed if not one.diverged]
    return fmean(losses(sound or past.by_seed, arm))


def loss_words(pasts: Sequence[History], arm: str) -> Message:
    """Return "1.62 ± 0.03 over 5 seeds" for an arm's training loss."""
    found = spread(losses(pasts, arm))
    if found is None:
        return Message("seeds.not_finite", {"seeds": len(pasts)})
    values: dict[str, object] = {"mean": _short(found.mean), "seeds": found.count}
    if found.count == 1:
        return Message("seeds.loss_of_one", values)
    return Message("seeds.loss", values | {"deviation": _short(found.deviation)})


def accuracy_words(pasts: Sequence[History], arm: str) -> Message | None:
    """Return the test accuracy in the same words; None where too few seeds were evaluated."""
    found = spread(accuracies(pasts, arm))
    if found is None or found.count < 2:
        return None
    mean, deviation = (f"{100 * share:.1f}" for share in (found.mean, found.deviation))
    values: dict[str, object] = {"mean": mean, "deviation": deviation, "seeds": found.count}
    return Message("seeds.accuracy", values)


def apart_words(pasts: Sequence[History]) -> Message:
    """Return in how many seeds the twins came apart, and from which steps on."""
    steps = sorted(found.step for past in pasts if (found := readings.apart(past)) is not None)
    values: dict[str, object] = {
        "count": len(steps),
        "seeds": len(pasts),
        "rule_gap": readings.GAP,
        "window": readings.WINDOW,
    }
    if not steps:
        return Message("seeds.never_apart", values)
    return Message("seeds.apart", values | {"first": steps[0], "last": steps[-1]})


def steered_alike(pasts: Sequence[History]) -> bool:
    """Say whether the same was changed at the same steps in every seed."""
    changes = [[(e["step"], e["changed"]) for e in past.of("control")] for past in pasts]
    return all(one == changes[0] for one in changes)


def _short(value: float) -> str:
    return f"{value:.2f}" if abs(value) < 100 else f"{value:.3g}"
