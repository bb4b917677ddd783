"""Give every weight an optimizer and a share of the learning rate of its own."""

from types import ModuleType

import tensorflow as tf

from resnet_core.experiment.config import TrainConfig


class Optimizer:
    """Update each weight by its share of the rate, which can change between steps.

    A weight of share 0 is frozen: neither its gradient nor its decay moves it. The shares are
    variables, so a traced step need not be traced again when a phase begins. `kind` is the module
    of an optimizer.
    """

    def __init__(
        self,
        kind: ModuleType,
        train: TrainConfig,
        weights: list[tf.Variable],
        decayed: list[bool],
    ):
        self._each = [
            kind.Optimizer(train, [weight], [decays])
            for weight, decays in zip(weights, decayed, strict=True)
        ]
        self.shares = [tf.Variable(1.0, trainable=False) for _ in weights]
        self.slots_are_steps = kind.Optimizer.slots_are_steps
        # Slots of a kind lie side by side, as in an optimizer of all weights.
        self.slots = [slot for kinds in zip(*(o.slots for o in self._each), strict=True)
                      for slot in kinds]  # fmt: skip

    def update(self, gradients: list[tf.Tensor], rate: tf.Tensor) -> None:
        """Apply one step."""
        for one, gradient, share in zip(self._each, gradients, self.shares, strict=True):
            one.update([gradient], rate * share)

    def restart(self) -> None:
        """Forget the steps so far, as a new optimizer does."""
        for slot in self.slots:
            slot.assign(tf.zeros_like(slot))
