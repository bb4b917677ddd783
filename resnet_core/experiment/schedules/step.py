"""Define the step schedule: the rate falls to a tenth at each step of `decay_at`."""

from typing import TYPE_CHECKING

from resnet_core.experiment.variants.schedule import SCHEDULES

if TYPE_CHECKING:
    from resnet_core.experiment.train import TrainConfig


@SCHEDULES.register("step")
def step_down(train: "TrainConfig", peak: float, step: int) -> float:
    """Return the rate (He et al. 2015, arXiv:1512.03385, §4.2: at 32,000 and 48,000 of 64,000)."""
    return peak / 10.0 ** sum(step >= fall for fall in train.decay_at)
