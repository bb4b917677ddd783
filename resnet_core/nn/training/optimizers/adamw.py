"""Define AdamW (Loshchilov & Hutter 2019, arXiv:1711.05101, Alg. 2): Adam with decoupled decay.

The decay is w = w - rate decay w, as in PyTorch and Keras, and does not pass through the moments.
"""

import tensorflow as tf

from resnet_core.experiment.config import TrainConfig

BETA_2 = 0.999
EPSILON = 1e-8


class Optimizer:
    """Hold two moments for each weight, and the number of steps. `momentum` of the run is β1."""

    slots_are_steps = False

    def __init__(self, train: TrainConfig, weights: list[tf.Variable], decayed: list[bool]):
        self.train, self.weights, self.decayed = train, weights, decayed
        self._first, self._second = (
            [tf.Variable(tf.zeros_like(w), trainable=False) for w in weights] for _ in range(2)
        )
        self._steps = tf.Variable(0.0, trainable=False)
        self.slots = [*self._first, *self._second, self._steps]

    def update(self, gradients: list[tf.Tensor], rate: tf.Tensor) -> None:
        """Apply one step."""
        beta_1, beta_2 = (tf.constant(x, tf.float32) for x in (self.train.momentum, BETA_2))
        steps = self._steps.assign_add(1.0)
        for weight, first, second, gradient, decayed in zip(
            self.weights, self._first, self._second, gradients, self.decayed, strict=True
        ):
            if decayed and self.train.weight_decay:
                weight.assign_sub(rate * self.train.weight_decay * weight)
            tf.raw_ops.ResourceApplyAdam(
                var=weight.handle,
                m=first.handle,
                v=second.handle,
                beta1_power=tf.pow(beta_1, steps),
                beta2_power=tf.pow(beta_2, steps),
                lr=rate,
                beta1=beta_1,
                beta2=beta_2,
                epsilon=EPSILON,
                grad=gradient,
            )
