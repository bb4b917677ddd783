"""Make experiments that train nothing and run diagnostics on nets as they are."""

from collections.abc import Mapping, Sequence

from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig

WHY = "why"  # the name of these experiments


def measured(
    arms: Mapping[str, NetConfig],
    names: Sequence[str],
    *,
    weights: str = "",
    dataset: str = "cifar10",
    seed: int = 0,
) -> Experiment:
    """Return an experiment that measures these nets. Raises ExperimentError."""
    return Experiment(WHY, arms, TrainConfig(steps=0), dataset, seed, tuple(names), weights)
