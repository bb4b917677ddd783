"""Load the weights that the arms of a run start from, if these are not those of the seed."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from base.messages import Message, UserError
from resnet_core import runs, shipped
from resnet_core.experiment.config import SHIPPED, Experiment
from resnet_core.nn.training.arms import Arm
from resnet_core.runs import checkpoints


class WeightsError(UserError):
    """Raised for weights that are missing or belong to another net."""


def give(experiment: Experiment, root: Path, arms: Mapping[str, Arm]) -> int:
    """Give the arms the weights that the experiment names, and return their number of steps.

    `root` is the folder of the runs. Raises WeightsError.
    """
    if experiment.weights == SHIPPED:
        return min(_give_shipped(name, arm) for name, arm in arms.items())
    if not experiment.weights:
        return 0
    return _give_kept(experiment.weights, experiment.seed, root, arms)


def _give_shipped(name: str, arm: Arm) -> int:
    found = shipped.find(arm.net)
    if found is None:
        nets = ", ".join(one.name for one in shipped.known())
        raise WeightsError(Message("runs.nothing_ships", {"arm": name, "nets": nets}))
    _fit(name, arm, shipped.arrays(found), found.name)
    return found.steps


def _give_kept(run_id: str, seed: int, root: Path, arms: Mapping[str, Arm]) -> int:
    """Give the arms what a run kept last; of a run of several seeds, what it kept of this one."""
    aside = runs.history(root / run_id).aside(seed)
    kept = checkpoints.latest(root / run_id / runs.CHECKPOINTS, aside)
    if kept is None:
        raise WeightsError(Message("runs.no_weights", {"run": run_id}))
    step, arrays = kept
    for name, arm in arms.items():
        count = len(arm.model.weights)
        places = [f"{name}/w{i}" for i in range(count)]
        _fit(name, arm, [arrays[place] for place in places if place in arrays], run_id)
    return step


def _fit(name: str, arm: Arm, weights: list[np.ndarray], source: str) -> None:
    if [w.shape for w in weights] != [tuple(w.shape) for w in arm.model.weights]:
        values: dict[str, object] = {"source": source, "arm": name}
        raise WeightsError(Message("runs.other_weights", values))
    arm.take(weights)
