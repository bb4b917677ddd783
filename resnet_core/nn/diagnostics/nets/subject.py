"""Describe what a diagnostic measures: one net with its weights, and the images that it may use."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import keras
import numpy as np
import tensorflow as tf

from resnet_core.data.cifar import Dataset
from resnet_core.experiment.config import NetConfig, TrainConfig
from resnet_core.nn.resnet.layers import FusedBatchNorm
from resnet_core.nn.resnet.network import build_net

if TYPE_CHECKING:
    from resnet_core.nn.training.arms import Arm

CALIBRATED_ON = 256


@dataclass(frozen=True)
class Subject:
    """Hold a net and its data. `model` computes in float32 and shares no layer with the arm.

    `trained` says that the weights are not those of an initialisation. An untrained net has empty
    moving averages (mean 0, variance 1): they are set to the batch statistics of CALIBRATED_ON
    training images, so that the net can be measured image by image.
    """

    net: NetConfig
    train: TrainConfig
    model: keras.Model
    data: Dataset
    mean: np.ndarray
    deviation: np.ndarray
    seed: int
    trained: bool

    @classmethod
    def of(cls, arm: "Arm", data: Dataset, seed: int, trained: bool) -> "Subject":
        """Return the subject of an arm as it is now. Diagnostics do not change the arm itself.

        If the skips of every block are out, they are out here too. Blocks that were deleted or
        lost their skip alone are measured as they were built.
        """
        net = arm.net if arm.surgery.skips else replace(arm.net, skip=False)
        model = build_net(net, seed)
        model.set_weights(arm.model.get_weights())
        mean, deviation = arm.statistics
        subject = cls(net, arm.train, model, data, mean, deviation, seed, trained)
        if not trained:
            images, _ = subject.training(CALIBRATED_ON)
            calibrate(model, images)
        return subject

    def training(self, count: int) -> tuple[tf.Tensor, tf.Tensor]:
        """Return the first training images in the order of the seed, with labels (N,) int32."""
        chosen = self._order[:count]
        return self._pair(self.data.train_images[chosen], self.data.train_labels[chosen])

    def test(self, count: int) -> tuple[tf.Tensor, tf.Tensor]:
        """Return the first `count` test images, normalised, with labels (N,) int32."""
        return self._pair(self.data.test_images[:count], self.data.test_labels[:count])

    @cached_property
    def _order(self) -> np.ndarray:
        return np.random.default_rng([self.seed, 2]).permutation(len(self.data.train_images))

    def _pair(self, images: np.ndarray, labels: np.ndarray) -> tuple[tf.Tensor, tf.Tensor]:
        normalised = (images.astype(np.float32) - self.mean) / self.deviation
        return tf.constant(normalised), tf.constant(np.asarray(labels, np.int32))


def calibrate(model: keras.Model, images: tf.Tensor) -> None:
    """Set the moving averages of every BatchNorm to the statistics of these images."""
    norms = [layer for layer in model.layers if isinstance(layer, FusedBatchNorm)]
    momenta = [layer.momentum for layer in norms]
    for layer in norms:
        layer.momentum = 0.0
    model(images, training=True)
    for layer, momentum in zip(norms, momenta, strict=True):
        layer.momentum = momentum
