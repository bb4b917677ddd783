"""What the events of a run say, in words, with the rule that said it. Pure functions."""

from dataclasses import dataclass
from statistics import fmean

from base.messages import Message
from resnet_core.runs import History

WINDOW = 10  # steps that a loss is averaged over
GAP = 0.3
LEARNT = 2.0  # below this the residual net has left ln 10 = 2.303, the loss of a guess
STEEP = 100.0  # ratio of second to last convolution that counts as exploding or vanishing
UNIFORM = 1e-6  # every convolution below this: vanished everywhere
HUGE = 1e3


@dataclass(frozen=True)
class Apart:
    """The twins' losses came apart at `step` and stayed so; `gap` is that of the last window."""

    step: int
    seconds: float
    gap: float


@dataclass(frozen=True)
class Reading:
    """A verdict, the rule behind it, and `ratio`: second over last convolution's ||dL/dW||."""

    words: Message
    rule: Message
    ratio: float


def apart(past: History, residual: str = "residual", plain: str = "plain") -> Apart | None:
    """From which step on, to the end of the log, the loss averaged over the last WINDOW common
    steps is GAP higher without skips, while the residual net is below LEARNT and the plain finite.
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
    """Training loss over the last `window` steps; infinite where one was not a number."""
    losses = [e["loss"] for e in past.of("step", arm)][-window:]
    return fmean(losses) if losses and None not in losses else float("inf")


def backward_ratio(flow: dict) -> float:
    """||dL/dW|| of the second convolution over that of the last: above 1 it grows backwards."""
    convolutions = _convolutions(flow)
    first, last = convolutions[1], convolutions[-1]
    return first / last if last else float("inf") if first else 1.0


def largest_gradient(flow: dict) -> float:
    """Largest ||dL/dW|| of any convolution."""
    return max(_convolutions(flow))


def gradient_flow(flow: dict) -> Reading:
    """A `flow` event in words. Gradients run from the loss to earlier layers."""
    ratio, largest = backward_ratio(flow), largest_gradient(flow)
    values = {"ratio": _short(ratio), "largest": _short(largest)}
    if largest <= UNIFORM:
        return Reading(
            Message(
                "readings.vanished",
                values,
                f"Vanished everywhere: no convolution's gradient exceeds {_short(largest)}.",
            ),
            Message(
                "readings.rule_vanished",
                {"limit": _short(UNIFORM)},
                f"Rule: the largest ||dL/dW|| of all convolutions is at most {_short(UNIFORM)}.",
            ),
            ratio,
        )
    if largest >= HUGE and ratio < STEEP:
        return Reading(
            Message(
                "readings.huge",
                values,
                f"Huge everywhere, up to {_short(largest)}: the forward signal has blown up.",
            ),
            Message(
                "readings.rule_huge",
                {"limit": _short(HUGE), "steep": _short(STEEP)},
                f"Rule: the largest ||dL/dW|| is at least {_short(HUGE)}, and the second "
                f"convolution's is less than {_short(STEEP)} times the last one's.",
            ),
            ratio,
        )
    return Reading(_slope(ratio, values), _slope_rule(), ratio)


def _slope(ratio: float, values: dict) -> Message:
    if ratio >= STEEP:
        return Message(
            "readings.explodes",
            values,
            f"Explodes backwards: {_short(ratio)} times larger at the second convolution than "
            "at the last.",
        )
    if ratio <= 1 / STEEP:
        values = values | {"times": _short(1 / ratio)}
        return Message(
            "readings.vanishes",
            values,
            f"Vanishes backwards: {_short(1 / ratio)} times smaller at the second convolution "
            "than at the last.",
        )
    return Message(
        "readings.moderate",
        values,
        f"Moderate: the second convolution's gradient is {_short(ratio)} times the last one's.",
    )


def _slope_rule() -> Message:
    return Message(
        "readings.rule_slope",
        {"steep": _short(STEEP)},
        "Rule: ||dL/dW|| of the second convolution over that of the last; from "
        f"{_short(STEEP)} on it explodes, below one {_short(STEEP)}th it vanishes.",
    )


def _convolutions(flow: dict) -> list[float]:
    norms = flow["weight_gradient"][:-1]  # the last weight layer is the dense head
    return [float("inf") if norm is None else norm for norm in norms]


def _short(value: float) -> str:
    return f"{value:,.0f}" if 100 <= value < 1e5 else f"{value:.2g}"
