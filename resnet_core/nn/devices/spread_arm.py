"""Define an arm whose steps are shared by a company of devices.

Each device takes its slice of the batch. The gradients are averaged before the update, so every
device makes the same step and keeps the same weights; without BatchNorm it is the step that one
device would make. BatchNorm normalises each slice by the slice's own statistics, as tf.distribute
and PyTorch do by default; its moving averages are averaged over the devices.
"""

import json
import threading
from dataclasses import asdict

import numpy as np
import tensorflow as tf

from base.messages import Message
from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import NetConfig, TrainConfig
from resnet_core.experiment.surgery.cuts import WHOLE, Surgery
from resnet_core.nn.devices.company import Company, DevicesError, Order, packed, unpacked
from resnet_core.nn.diagnostics import gradient_flow
from resnet_core.nn.training.arms import Arm, Step

MOVING = ("moving_mean", "moving_variance")
DROPOUT = "dropout"  # each device would draw its own mask
ONE_AT_A_TIME = threading.Lock()  # all processes must take their collective steps in one order


def check(net: NetConfig, train: TrainConfig, company: Company) -> None:
    """Raise DevicesError for an arm that the company cannot share."""
    if train.batch % company.replicas:
        values: dict[str, object] = {"batch": train.batch, "devices": company.replicas}
        raise DevicesError(Message("runs.devices_uneven", values))
    if net.skip and net.shortcut == DROPOUT:
        raise DevicesError(Message("runs.devices_dropout"))


class SpreadArm(Arm):
    """Hold an arm that every process of a company has, under the same number.

    It is always traced: eager steps would be slower still. What changes the arm between two steps
    is done by the chief alone, and sent to the others before the next step.
    """

    def __init__(self, net: NetConfig, train: TrainConfig, company: Company, number: int = 0):
        self._company, self._number = company, number
        self._shared = False  # whether all processes have this state
        self._told = WHOLE  # the surgery that all processes have made
        self._traced_on = threading.local()  # each device's step is traced on a thread of its own
        with company.strategy.scope():
            super().__init__(net, train)
        moving = [v for v in self.model.non_trainable_variables if v.path.endswith(MOVING)]
        self._moving = [variable.value for variable in moving]

    def is_traced(self, flow: bool) -> bool:
        """Say yes: the first step of a kind traces it, in the same order in every process."""
        return True

    def reset(self, seed: int) -> None:
        self._shared = False
        super().reset(seed)

    def take(self, weights: list[np.ndarray]) -> None:
        self._shared = False
        super().take(weights)

    def restore(self, state: dict[str, np.ndarray]) -> None:
        self._shared = False
        super().restore(state)

    def normalise_by(self, mean: np.ndarray, deviation: np.ndarray) -> None:
        self._shared = False
        super().normalise_by(mean, deviation)

    def step(self, images: np.ndarray, labels: np.ndarray, rate: float, *, flow: bool) -> Step:
        """Take one update together with the other processes. Raises DevicesError for a lost one."""
        with ONE_AT_A_TIME, self._company.in_step():
            if not self._shared:
                self._company.tell(Order.STATE, self._number)
                self._company.share(self._flat_state())
                self._shared = True
            if self._told != self.surgery:
                text = json.dumps(asdict(self.surgery)).encode()
                self._company.tell(Order.SURGERY, self._number, len(text))
                self._company.share(np.frombuffer(text, np.uint8).astype(np.int32))
                self._told = self.surgery
            self._company.tell(Order.STEP, self._number, rate, flow)
            self._company.share(packed(images, labels))
            return super().step(images, labels, rate, flow=flow)

    def hear_state(self) -> None:
        """Take over the chief's state."""
        sent = self._company.share(self._flat_state())
        self.normalise_by(sent[:3], sent[3:6])
        state, place = {}, 6
        for name, value in self.state().items():
            state[name] = sent[place : place + value.size].reshape(value.shape)
            place += value.size
        self.restore(state)

    def hear_surgery(self, length: int) -> None:
        """Make the chief's surgery, whose text has so many bytes."""
        text = self._company.share(np.zeros(length, np.int32)).astype(np.uint8).tobytes()
        told = {k: tuple(v) if isinstance(v, list) else v for k, v in json.loads(text).items()}
        self.operate(Surgery(**told))

    def hear_step(self, rate: float, flow: bool) -> None:
        """Take part in the chief's step."""
        shape = (self.train.batch, arithmetic.SIDE, arithmetic.SIDE, arithmetic.CHANNELS)
        empty = packed(np.zeros(shape, np.uint8), np.zeros(shape[0], np.int32))
        images, labels = unpacked(self._company.share(empty), shape)
        super().step(images, labels, rate, flow=flow)

    def _flat_state(self) -> np.ndarray:
        values = [*self.statistics, *self.state().values()]
        return np.concatenate([np.ravel(value) for value in values]).astype(np.float32)

    def _step(self, images, labels, rate, flow: bool, surgery: str):
        def of_replica(images, labels, rate):
            return self._of_replica(images, labels, rate, flow, surgery)

        results = self._company.strategy.run(of_replica, (images, labels, rate))
        return [self._company.local(result) for result in results]

    def _of_replica(self, images, labels, rate, flow: bool, surgery: str):
        """Take the step of one device. Return what `Arm._step` returns, for the whole batch."""
        context = tf.distribute.get_replica_context()
        count, side = self._company.replicas, arithmetic.SIDE
        size, place = self.train.batch // count, context.replica_id_in_sync_group
        images = tf.slice(images, (place * size, 0, 0, 0), (size, side, side, arithmetic.CHANNELS))
        labels = tf.slice(labels, (place * size,), (size,))
        loss, hits, *rows = super()._step(images, labels, rate, flow, surgery)
        if not flow:
            return tf.unstack(context.all_reduce("MEAN", tf.stack([loss, hits])))
        _, inputs, ratio, *activations = tf.unstack(rows[0])
        # The loss of the batch is the mean of the devices' losses, and so is its gradient. The
        # sample of the activations is the first device's.
        squares = tf.square(inputs / count)
        sample = tf.concat(activations, 0) * tf.cast(tf.equal(place, 0), tf.float32)
        mine = tf.concat([[loss / count, hits / count], squares, sample], 0)
        parts = tf.split(context.all_reduce("SUM", mine), [1, 1, *[len(self.layers)] * 3])
        loss, hits, squares, deviation, dead = parts
        kernels = gradient_flow.norms([self._traced_on.reduced[k] for k in self._kernels])
        flows = tf.stack([kernels, tf.sqrt(squares), ratio, deviation, dead])
        return [tf.squeeze(loss), tf.squeeze(hits), flows]

    def _update(self, gradients, rate, flow: bool) -> list[tf.Tensor]:
        """Average gradients and moving averages over the devices, in one message, and update."""
        parts = [*gradients, *(tf.identity(moving) for moving in self._moving)]
        flat = tf.concat([tf.reshape(part, [-1]) for part in parts], 0)
        mean = tf.distribute.get_replica_context().all_reduce("MEAN", flat)
        pieces = tf.split(mean, [part.shape.num_elements() for part in parts])
        parts = [tf.reshape(x, part.shape) for x, part in zip(pieces, parts, strict=True)]
        gradients, averages = parts[: len(gradients)], parts[len(gradients) :]
        for moving, average in zip(self._moving, averages, strict=True):
            moving.assign(average)
        self._traced_on.reduced = gradients
        return super()._update(gradients, rate, flow)
