"""Define an arm whose layers are frozen or trained, and whose BatchNorm runs in one of two modes.

The mode is Python's, as in Keras, so each mode has a trace of its own; both are kept. What is
trained, and how fast, are variables: a phase that changes nothing else needs no new trace.
"""

import importlib
from dataclasses import replace
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from resnet_core.experiment.config import NetConfig, TrainConfig, Way
from resnet_core.experiment.fine_tuning.kinds import HEAD
from resnet_core.experiment.surgery.cuts import Surgery
from resnet_core.nn.training.arms import OPTIMIZERS, Arm
from resnet_core.nn.training.fine_tuning import by_weight


class FineTunedArm(Arm):
    """Hold a net that is fine-tuned in one way. Call `enter` before every step."""

    def __init__(self, net: NetConfig, train: TrainConfig, way: Way, seed: int = 0):
        super().__init__(net, train, seed)
        self.way = way
        trained = self.model.trainable_variables
        self._of_layer = [weight.path.split("/")[0] for weight in trained]
        self._optimizer = by_weight.Optimizer(
            importlib.import_module(f"{OPTIMIZERS}.{train.optimizer}"),
            train,
            self._weights,
            [train.decay_norms or weight.path.endswith("kernel") for weight in trained],
        )
        self._by_mode: dict[bool, tuple[Any, set[tuple[bool, str]]]] = {}
        self._features = tf.function(self._pooled, reduce_retracing=True, autograph=False)
        self.enter(0)

    def enter(self, step: int) -> None:
        """Freeze, thaw and choose the mode of BatchNorm, as the arm's way has it at a step."""
        phase = self.way.phase_at(step)
        if self.way.begins_at(step):
            self._optimizer.restart()
        self._set_mode(phase.batch_statistics)
        for share, layer in zip(self._optimizer.shares, self._of_layer, strict=True):
            rate = 1.0 if layer == HEAD else self.way.body_rate
            share.assign(rate if phase.trains(layer) else 0.0)

    def trained_parameters(self, step: int) -> int:
        """Return the number of weights that a step trains."""
        phase = self.way.phase_at(step)
        return sum(
            int(np.prod(weight.shape))
            for weight, layer in zip(self._weights, self._of_layer, strict=True)
            if phase.trains(layer)
        )

    def operate(self, surgery: Surgery) -> None:
        """Make a surgery or undo it; the net runs in the arm's mode after it too."""
        super().operate(surgery)
        self._to_mode()

    def _to_mode(self) -> None:
        self._taps = {key: _InMode.of(net, self._batch_statistics)
                      for key, net in self._taps.items()}  # fmt: skip

    def features(self, images: np.ndarray, batch: int = 250) -> np.ndarray:
        """Return what the head sees, (N, channels) float32, by the moving averages."""
        parts = [images[first : first + batch] for first in range(0, len(images), batch)]
        return np.concatenate(
            [
                self._features(tf.constant(part), surgery=self.surgery.text).numpy()
                for part in parts
            ]  # fmt: skip
        )

    def _set_mode(self, batch_statistics: bool) -> None:
        self._batch_statistics = batch_statistics
        if batch_statistics not in self._by_mode:
            self._by_mode[batch_statistics] = (tf.function(self._step, autograph=False), set())
        self._traced, self._traces = self._by_mode[batch_statistics]
        self._to_mode()

    def _update(self, gradients, rate, flow: bool) -> list[tf.Tensor]:
        """Take one step. What is frozen does not count in the norm that is clipped."""
        shares = self._optimizer.shares
        masked = [tf.where(share > 0, gradient, tf.zeros_like(gradient))
                  for gradient, share in zip(gradients, shares, strict=True)]  # fmt: skip
        return super()._update(masked, rate, flow)

    def _in_float32(self) -> Arm:
        return FineTunedArm(self.net, replace(self.train, precision="float32"), self.way)

    def _pooled(self, images, surgery: str):
        *inputs, _ = self._taps[surgery](self._normalised(images), training=False)
        return inputs[-1]


class _InMode:
    """Call a net in the mode of its arm: a step in training mode may keep BatchNorm's averages.

    The whole body runs in that mode, as `base(x, training=False)` in Keras' guide.
    """

    def __init__(self, net: keras.Model, batch_statistics: bool):
        self.net, self.batch_statistics = net, batch_statistics

    @classmethod
    def of(cls, net: "keras.Model | _InMode", batch_statistics: bool) -> "_InMode":
        return cls(net.net if isinstance(net, cls) else net, batch_statistics)

    def __call__(self, x: tf.Tensor, training: bool) -> list[tf.Tensor]:
        return self.net(x, training=training and self.batch_statistics)
