"""Train the runs that a seat of a cluster takes, one after the other, in the seat's process."""

import os
from collections.abc import Callable
from pathlib import Path

from resnet_core import runs
from resnet_core.data import lent
from resnet_core.data.cifar import Dataset
from resnet_core.nn import runtime
from resnet_core.nn.training.workers import one_run
from resnet_core.nn.training.workers.arm_cache import ArmCache

ARMS_KEPT = 6


class Trainer:
    """Set TensorFlow up for runs of that many arms, and keep traced arms from run to run."""

    def __init__(self, arms: int, cores: int):
        os.environ[runtime.CORES] = str(cores)
        runtime.prepare(arms)
        self._cache = ArmCache(ARMS_KEPT)

    def warm(self) -> None:
        """Trace the demonstration's nets."""
        while self._cache.warm_next():
            pass

    def train(self, folder: Path, data: Dataset | None, asked_to_park: Callable[[], bool]) -> None:
        """Train the run of a folder on the images that were sent along."""
        if data is not None:
            lent.lend(data)
        one_run.train(runs.load(folder), self._cache, asked_to_park)
