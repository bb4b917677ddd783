"""Define the cosine schedule: after the warm-up the rate falls along half a cosine to 0."""

import math
from typing import TYPE_CHECKING

from resnet_core.experiment.variants.schedule import SCHEDULES

if TYPE_CHECKING:
    from resnet_core.experiment.train import TrainConfig


@SCHEDULES.register("cosine")
def cosine(train: "TrainConfig", peak: float, step: int) -> float:
    """Return the rate (Loshchilov & Hutter 2017, arXiv:1608.03983, eq. 5, one period)."""
    length = max(1, train.steps - train.warmup)
    done = min(1.0, max(0, step - train.warmup) / length)
    return peak * (1 + math.cos(math.pi * done)) / 2
