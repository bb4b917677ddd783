"""Judge the loss of each arm: learnt, still guessing, worse than guessing, or not a number."""

import math
from dataclasses import dataclass
from typing import Literal

from base.messages import Message
from resnet_core.diagnosis.readings import WINDOW, mean_loss
from resnet_core.runs import Event, History

Z_95 = 1.959964
ONE_CLASS = 0.95  # share of the images from which a net counts as naming one class only
MARGIN = 0.1  # a loss this close to that of a guess still counts as a guess
Kind = Literal["not_finite", "blown_up", "guessing", "learns"]


@dataclass(frozen=True)
class Learning:
    """Hold the verdict on one arm's loss, and the loss averaged over the last steps."""

    kind: Kind
    words: Message
    loss: float


@dataclass(frozen=True)
class Interval:
    """Hold a share with its 95 % interval (Wilson 1927)."""

    share: float
    low: float
    high: float


def learning(past: History, arm: str, classes: int = 10) -> Learning:
    """Return the verdict on an arm's training loss. A guess among C classes has the loss ln C."""
    steps, guess = past.of("step", arm), math.log(classes)
    broken = next((e["step"] for e in steps if e["loss"] is None), None)
    loss = mean_loss(past, arm)
    values: dict[str, object] = {"loss": f"{loss:.3g}", "guess": f"{guess:.2f}"}
    values |= {"window": min(WINDOW, len(steps)), "step": -1 if broken is None else broken}
    if broken is not None:
        return Learning("not_finite", Message("learning.not_finite", values), loss)
    if loss > guess + 1:
        return Learning("blown_up", Message("learning.blown_up", values), loss)
    if loss > guess - MARGIN:
        return Learning("guessing", Message("learning.guessing", values), loss)
    return Learning("learns", Message("learning.learns", values), loss)


def interval(share: float, count: int) -> Interval:
    """Return the Wilson 95 % interval of a share of `count` images (Wilson 1927)."""
    spread = Z_95**2 / count
    centre = (share + spread / 2) / (1 + spread)
    half = Z_95 / (1 + spread) * math.sqrt(share * (1 - share) / count + spread / (4 * count))
    return Interval(share, max(0.0, centre - half), min(1.0, centre + half))


def one_class(event: Event) -> int | None:
    """Return the class that a net names for nearly every image, or None if it names several."""
    said = event.get("said") or []
    most = max(range(len(said)), key=said.__getitem__, default=None)
    if most is None or said[most] < ONE_CLASS * event["images"]:
        return None
    return most
