"""Define a schedule: the learning rate of a step as a function of the peak."""

from typing import TYPE_CHECKING, Protocol

from resnet_core.experiment.variants.registry import Registry

if TYPE_CHECKING:
    from resnet_core.experiment.train import TrainConfig


class Schedule(Protocol):
    """Return the rate of a step, counted from 0. The warm-up is already applied to `peak`."""

    def __call__(self, train: "TrainConfig", peak: float, step: int) -> float: ...


SCHEDULES: Registry[Schedule] = Registry("schedule", "step")
