"""Define the constant schedule: the rate does not change."""

from typing import TYPE_CHECKING

from resnet_core.experiment.variants.schedule import SCHEDULES

if TYPE_CHECKING:
    from resnet_core.experiment.train import TrainConfig


@SCHEDULES.register("constant")
def constant(train: "TrainConfig", peak: float, step: int) -> float:
    """Return the peak."""
    return peak
