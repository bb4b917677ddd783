"""Compute the mean over a few seeds and its 95 % interval by Student's t."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Literal

# Two-sided 97.5 % quantiles of Student's t for 1 to 20 degrees of freedom.
T_975 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
)  # fmt: skip


@dataclass(frozen=True)
class Effect:
    """Hold the mean over seeds and the bounds of its interval, which are None for a single seed."""

    mean: float
    low: float | None
    high: float | None


def effect(values: Sequence[float], scale: Literal["linear", "log"] = "linear") -> Effect:
    """Return the mean and the 95 % t-interval; for "log" the geometric mean and its interval.

    There is no interval if a value is not finite or, for "log", not above 0.
    """
    if scale == "log" and all(0 < value < math.inf for value in values):
        logs = effect([math.log(value) for value in values])
        low, high = (None if x is None else math.exp(x) for x in (logs.low, logs.high))
        return Effect(math.exp(logs.mean), low, high)
    if not all(math.isfinite(value) for value in values):
        return Effect(sorted(values)[len(values) // 2], None, None)
    mean = fmean(values)
    if len(values) < 2:
        return Effect(mean, None, None)
    freedom = len(values) - 1
    half = T_975[min(freedom, len(T_975)) - 1] * stdev(values) / math.sqrt(len(values))
    return Effect(mean, mean - half, mean + half)
