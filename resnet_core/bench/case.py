"""Define what every contender of a benchmark trains."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from itertools import count
from pathlib import Path

import numpy as np

from resnet_core.data import cifar, synthetic
from resnet_core.data.batches import Batches
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig


@dataclass(frozen=True)
class Case:
    """Hold one net and one way of training it. `source` is a folder with CIFAR-10, or empty."""

    depth: int = 20
    width: int = 16
    batch: int = 128
    dtype: str = "float32"
    seed: int = 0
    source: str = ""
    learning_rate: float = 0.02
    momentum: float = 0.9
    weight_decay: float = 1e-4

    @property
    def net(self) -> NetConfig:
        return NetConfig(self.depth, self.width)

    def experiment(self, *, arms: int = 1, record: bool = False) -> Experiment:
        """Return the case as an experiment; `record` writes the gradient flow at every step."""
        nets = {f"arm-{i}": self.net for i in range(arms)}
        train = TrainConfig(
            steps=1_000_000,
            batch=self.batch,
            learning_rate=self.learning_rate,
            momentum=self.momentum,
            weight_decay=self.weight_decay,
            precision=self.dtype,
            flow_every=1 if record else 1_000_000,
            checkpoint_every=1_000_000,
        )
        return Experiment("bench", nets, train, self.dataset, self.seed)

    @property
    def dataset(self) -> str:
        return "cifar10" if self.source else "synthetic"

    def data(self) -> cifar.Dataset:
        """Return the data set of the case. Raises DataError if `source` cannot be read."""
        return cifar.find("cifar10", Path(self.source)) if self.source else synthetic.load()

    def batches(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield images (N, 32, 32, 3) float32, augmented and normalised, and labels (N,) int32."""
        made = self._made(self.data())
        mean, deviation = _statistics(made)
        for step in count():
            images, labels = made.at(step)
            yield (images - mean) / deviation, labels

    def statistics(self, data: cifar.Dataset) -> tuple[np.ndarray, np.ndarray]:
        """Return the mean and standard deviation of each channel, (3,) float32, in 0 to 255."""
        return _statistics(self._made(data))

    def seeded(self, seed: int) -> "Case":
        """Return the same case with another seed."""
        return replace(self, seed=seed)

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Case":
        return cls(**json.loads(text))

    def _made(self, data: cifar.Dataset) -> Batches:
        return Batches(data.train_images, data.train_labels, self.batch, self.seed, augment=True)


def _statistics(made: Batches) -> tuple[np.ndarray, np.ndarray]:
    return made.mean.astype(np.float32), made.deviation.astype(np.float32)
