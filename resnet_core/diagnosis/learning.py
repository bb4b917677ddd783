"""What a run came to, arm by arm: learnt, still guessing, worse than guessing, or no number."""

import math
from dataclasses import dataclass
from typing import Literal

from base.messages import Message
from resnet_core.diagnosis.readings import WINDOW, mean_loss
from resnet_core.runs import Event, History

Z_95 = 1.959964
ONE_CLASS = 0.95  # share of the images from which on a net says one class and nothing else
MARGIN = 0.1  # loss around that of a guess that is still a guess
Kind = Literal["not_finite", "blown_up", "guessing", "learns"]


@dataclass(frozen=True)
class Learning:
    """The verdict on one arm's loss, and the loss averaged over the last steps."""

    kind: Kind
    words: Message
    loss: float


@dataclass(frozen=True)
class Interval:
    """A share with its 95 % interval (Wilson)."""

    share: float
    low: float
    high: float


def learning(past: History, arm: str, classes: int = 10) -> Learning:
    """Put an arm's training loss into words. A guess among C classes has the loss ln C."""
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
    """Return the class that a net says of nearly every image; None where it tells some apart."""
    said = event.get("said") or []
    most = max(range(len(said)), key=said.__getitem__, default=None)
    if most is None or said[most] < ONE_CLASS * event["images"]:
        return None
    return most
