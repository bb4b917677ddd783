"""Define SGD with momentum: v = m v - rate g; w = w + v.

The source is He et al. 2015 (arXiv:1512.03385) §3.4.
"""

import tensorflow as tf

from resnet_core.experiment.config import TrainConfig


class Optimizer:
    """Hold one velocity for each weight. `decayed` says for each weight whether it decays."""

    nesterov = False
    slots_are_steps = True  # the first slots, one a weight, are how far it last moved

    def __init__(self, train: TrainConfig, weights: list[tf.Variable], decayed: list[bool]):
        self.train, self.weights, self.decayed = train, weights, decayed
        self.slots = [tf.Variable(tf.zeros_like(w), trainable=False) for w in weights]

    def update(self, gradients: list[tf.Tensor], rate: tf.Tensor) -> None:
        """Apply one step, in one pass over each weight."""
        momentum, decay = (tf.constant(x) for x in (self.train.momentum, self.train.weight_decay))
        for weight, velocity, gradient, decayed in zip(
            self.weights, self.slots, gradients, self.decayed, strict=True
        ):
            if decayed and self.train.weight_decay:
                gradient = gradient + decay * weight
            tf.raw_ops.ResourceApplyKerasMomentum(
                var=weight.handle,
                accum=velocity.handle,
                lr=rate,
                grad=gradient,
                momentum=momentum,
                use_nesterov=self.nesterov,
            )
