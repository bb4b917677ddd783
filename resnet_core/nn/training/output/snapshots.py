"""Save the arms of a run as checkpoints, and restore them from one that fits."""

import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from resnet_core.nn.training.arms import Arm
from resnet_core.runs import checkpoints


def save(folder: Path, step: int, arms: Mapping[str, Arm]) -> None:
    """Write the state of all arms after `step` steps.

    Does nothing once a net has diverged, so that the checkpoint before can be restored.
    """
    arrays = _arrays(arms)
    if _finite(arrays):
        checkpoints.save(folder, step, arrays)


def restore(folder: Path, arms: Mapping[str, Arm], most_steps: int) -> int:
    """Give the arms the newest state that fits them. Return its step, or 0 if none fits."""
    expected = {key: array.shape for key, array in _arrays(arms).items()}
    for step, arrays in checkpoints.readable(folder):
        shapes = {key: array.shape for key, array in arrays.items()}
        if shapes == expected and _finite(arrays) and 0 < step <= most_steps:
            for name, arm in arms.items():
                mark = f"{name}/"
                arm.restore(
                    {k.removeprefix(mark): v for k, v in arrays.items() if k.startswith(mark)}
                )
            return step
        print(f"The checkpoint of step {step} is not of this run; passed over.", file=sys.stderr)
    return 0


def _arrays(arms: Mapping[str, Arm]) -> checkpoints.Arrays:
    return {
        f"{name}/{key}": value for name, arm in arms.items() for key, value in arm.state().items()
    }


def _finite(arrays: checkpoints.Arrays) -> bool:
    return all(a.dtype.kind == "f" and bool(np.isfinite(a).all()) for a in arrays.values())
