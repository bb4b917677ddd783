"""The twins after one step: enough for what is true at initialisation."""

from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig


def twins_at_step_0(*, batch_norm: bool = True, init: str = "he") -> Experiment:
    """Return one step of the twins: enough for what is true at initialisation."""
    train = TrainConfig(steps=1, batch=64, learning_rate=0.01, evaluate_images=16)
    net = NetConfig(depth=56, width=8, batch_norm=batch_norm, init=init)
    return Experiment.twins("step-0", net, train)
