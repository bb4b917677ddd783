"""Put the events of a run into words, with the rule behind each verdict. Functions are pure."""

import math
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from base.messages import Message
from resnet_core.runs import History

WINDOW = 10  # steps over which a loss is averaged
GAP = 0.3
LEARNT = 2.0  # below this the residual net is better than a guess, whose loss is ln 10 = 2.303
STEEP = 100.0  # ratio of second to last convolution that counts as exploding or vanishing
UNIFORM = 1e-6  # a gradient is vanished everywhere if every convolution is below this
HUGE = 1e3


@dataclass(frozen=True)
class Apart:
    """Say that the twins' losses differ from `step` on; `gap` is that of the last window."""

    step: int
    seconds: float
    gap: float


@dataclass(frozen=True)
class Reading:
    """Hold a verdict and its rule; `ratio` is the second over the last convolution's ||dL/dW||."""

    words: Message
    rule: Message
    ratio: float


def apart(past: History, residual: str = "residual", plain: str = "plain") -> Apart | None:
    """Return the step from which the twins differ to the end of the log, or None.

    They differ if the loss of the plain net, averaged over the last WINDOW common steps, is GAP
    higher, while the residual net is below LEARNT and the plain net is finite.
    """
    ours, theirs = (
        {e["step"]: e for e in past.of("step", arm) if e["loss"] is not None}
        for arm in (residual, plain)
    )
    common = sorted(ours.keys() & theirs.keys())
    since = gap = None
    for last in range(WINDOW - 1, len(common)):
        window = common[last - WINDOW + 1 : last + 1]
        low = fmean(ours[step]["loss"] for step in window)
        gap = fmean(theirs[step]["loss"] for step in window) - low
        if gap < GAP or low >= LEARNT:
            since = None
        elif since is None:
            since = common[last]
    if since is None or gap is None:
        return None
    return Apart(since, max(ours[since]["elapsed_s"], theirs[since]["elapsed_s"]), gap)


def mean_loss(past: History, arm: str, window: int = WINDOW) -> float:
    """Return the training loss over the last `window` steps, or infinity if one is not a number."""
    losses = [e["loss"] for e in past.of("step", arm)][-window:]
    return fmean(losses) if losses and None not in losses else float("inf")


def backward_ratio(flow: dict[str, Any]) -> float:
    """Return ||dL/dW|| of the second convolution over that of the last; above 1 it grows backwards.

    Returns NaN if there is no such ratio: both are 0, or one is not a number.
    """
    norms = flow["weight_gradient"][:-1]
    first, last = norms[1], norms[-1]
    if first is None or last is None or first == last == 0:
        return math.nan
    return first / last if last else math.inf


def largest_gradient(flow: dict[str, Any]) -> float:
    """Return the largest ||dL/dW|| of any convolution."""
    return max(_convolutions(flow))


def gradient_flow(flow: dict[str, Any]) -> Reading:
    """Return a verdict on a `flow` event. Gradients run from the loss to earlier layers."""
    norms, ratio = flow["weight_gradient"][:-1], backward_ratio(flow)
    broken, zero = norms.count(None), norms.count(0)
    if broken:
        return Reading(_not_finite(broken, len(norms)), _rule_not_finite(), ratio)
    if zero == len(norms):
        return Reading(_all_zero(), _rule_zero(), ratio)
    if norms[1] == 0 or norms[-1] == 0:
        return Reading(_some_zero(zero, len(norms)), _rule_zero(), ratio)
    return _of_finite(max(norms), ratio)


def _of_finite(largest: float, ratio: float) -> Reading:
    values: dict[str, object] = {"ratio": short(ratio), "largest": short(largest)}
    if largest <= UNIFORM:
        return Reading(
            Message("readings.vanished", values),
            Message("readings.rule_vanished", {"limit": short(UNIFORM)}),
            ratio,
        )
    if largest >= HUGE and ratio < STEEP:
        return Reading(
            Message("readings.huge", values),
            Message("readings.rule_huge", {"limit": short(HUGE), "steep": short(STEEP)}),
            ratio,
        )
    return Reading(_slope(ratio, values), _slope_rule(), ratio)


def _not_finite(broken: int, layers: int) -> Message:
    return Message("readings.not_finite", {"broken": broken, "layers": layers})


def _rule_not_finite() -> Message:
    return Message("readings.rule_not_finite")


def _all_zero() -> Message:
    return Message("readings.zero")


def _some_zero(zero: int, layers: int) -> Message:
    return Message("readings.some_zero", {"zero": zero, "layers": layers})


def _rule_zero() -> Message:
    return Message("readings.rule_zero")


def _slope(ratio: float, values: dict[str, object]) -> Message:
    if ratio >= STEEP:
        return Message("readings.explodes", values)
    if ratio <= 1 / STEEP:
        values = values | {"times": short(1 / ratio)}
        return Message("readings.vanishes", values)
    return Message("readings.moderate", values)


def _slope_rule() -> Message:
    return Message("readings.rule_slope", {"steep": short(STEEP)})


def _convolutions(flow: dict[str, Any]) -> list[float]:
    norms = flow["weight_gradient"][:-1]  # the last weight layer is the dense head
    return [float("inf") if norm is None else norm for norm in norms]


def short(value: float) -> str:
    """Return a number with two significant digits; more would be noise."""
    rounded = float(f"{value:.2g}")
    return f"{rounded:,.0f}" if 100 <= rounded < 1e5 else f"{value:.2g}"
