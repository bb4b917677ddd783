"""Define one-cycle: the rate rises for 30 % of the steps, then falls by half a cosine to near 0."""

import math
from typing import TYPE_CHECKING

from resnet_core.experiment.variants.schedule import SCHEDULES

if TYPE_CHECKING:
    from resnet_core.experiment.train import TrainConfig

RISE = 0.3
FIRST = 1 / 25  # first rate as a share of the peak
LAST = FIRST / 1e4


@SCHEDULES.register("one-cycle")
def one_cycle(train: "TrainConfig", peak: float, step: int) -> float:
    """Return the rate (Smith 2018, arXiv:1803.09820, §4.1, with the numbers of PyTorch)."""
    done = min(1.0, step / max(1, train.steps - 1))
    if done < RISE:
        return peak * (FIRST + (1 - FIRST) * done / RISE)
    fall = (1 + math.cos(math.pi * (done - RISE) / (1 - RISE))) / 2
    return peak * (LAST + (1 - LAST) * fall)
