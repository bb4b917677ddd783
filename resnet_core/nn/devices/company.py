"""Form the company of devices that share the steps of a run, and let its chief speak to the others.

On one machine a company is a MirroredStrategy over its GPUs; with TF_CONFIG it is a
MultiWorkerMirroredStrategy, and every machine has a process of its own. The chief is the first of
them. Whatever it sends is an all-reduce to which only the chief's first device adds something.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

import numpy as np
import tensorflow as tf

from base.messages import Message, UserError
from resnet_core.jobs import machines
from resnet_core.nn import runtime


class DevicesError(UserError):
    """Raised for devices that are missing, or that cannot share a run."""


class Order(IntEnum):
    """Name what the chief asks of the others. Each order is followed by what it needs."""

    BUILD, STATE, SURGERY, STEP, END = range(5)


class Company:
    """Hold a strategy and say what this process is in it. `replicas` counts all devices."""

    def __init__(self, strategy: tf.distribute.Strategy, processes: int = 1, chief: bool = True):
        self.strategy, self.processes, self.is_chief = strategy, processes, chief
        self.replicas: int = strategy.num_replicas_in_sync
        self.broken = False  # the processes are out of step, and cannot find back into it
        self._first = tf.function(self._of_the_first, autograph=False)

    @property
    def alone(self) -> bool:
        """Say whether there is no other process to speak to."""
        return self.processes == 1

    def tell(self, order: Order, *numbers: float) -> None:
        """Give the other processes an order with up to three numbers. Only the chief calls it."""
        if not self.alone:
            self.share(_padded(order, *numbers))

    def hear(self) -> tuple[Order, list[float]]:
        """Wait for the chief's next order, and return it with its three numbers."""
        order, *numbers = self.share(_padded()).tolist()
        return Order(int(order)), numbers

    def share(self, array: np.ndarray) -> np.ndarray:
        """Return the chief's array. Every process passes one of the same shape and type.

        The type is float32 or int32. Raises OpError if another process is gone.
        """
        if self.alone:
            return array
        shared: np.ndarray = self._first(tf.constant(array)).numpy()
        return shared

    def _of_the_first(self, array: tf.Tensor) -> tf.Tensor:
        def of_replica(array: tf.Tensor) -> tf.Tensor:
            context = tf.distribute.get_replica_context()
            is_first = tf.equal(context.replica_id_in_sync_group, 0)
            return context.all_reduce("SUM", tf.where(is_first, array, tf.zeros_like(array)))

        return self.local(self.strategy.run(of_replica, (array,)))

    @contextmanager
    def in_step(self) -> Iterator[None]:
        """Note that the processes are out of step if something fails inside.

        Raises DevicesError for what another device did.
        """
        try:
            yield
        except BaseException as error:
            self.broken = True
            if not isinstance(error, tf.errors.OpError):
                raise
            told = f"{type(error).__name__}: {str(error).splitlines()[0]}"[:300]
            raise DevicesError(Message("runs.device_lost", {"error": told})) from error

    def local(self, value: Any) -> Any:
        """Return what the first device of this process computed."""
        return self.strategy.experimental_local_results(value)[0]


def form(wanted: str) -> Company:
    """Return the company of `wanted` devices a machine: "all", or a number of GPUs.

    With TF_CONFIG this waits until all its machines have started, and a machine without a GPU
    takes part with its processor. Raises DevicesError where a machine has fewer GPUs.
    """
    runtime.prepare(arms=1)  # the arms of a run take turns
    gpus, place = tf.config.list_physical_devices("GPU"), machines.place()
    count = _count(wanted, len(gpus), place is not None)
    tf.config.set_visible_devices(gpus[:count], "GPU")
    if place is None:
        return Company(tf.distribute.MirroredStrategy())
    strategy = tf.distribute.MultiWorkerMirroredStrategy()
    return Company(strategy, place.machines, place.is_chief)


def _count(wanted: str, found: int, with_others: bool) -> int:
    """Return how many GPUs of this machine to use."""
    if wanted != machines.ALL and int(wanted) > found:
        raise DevicesError(Message("runs.devices_missing", {"wanted": wanted, "found": found}))
    if not found and not with_others:
        raise DevicesError(Message("runs.no_devices"))
    return found if wanted == machines.ALL else int(wanted)


def _padded(*numbers: float) -> np.ndarray:
    filled: Sequence[float] = (*numbers, *[0.0] * (4 - len(numbers)))
    return np.array(filled, np.float32)


def packed(images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return images (N, 32, 32, 3) uint8 and labels (N,) int32 as one row of int32.

    An all-reduce adds int32, but no uint8.
    """
    pixels = np.ascontiguousarray(images).ravel().view(np.int32)
    return np.concatenate([labels.astype(np.int32), pixels])


def unpacked(row: np.ndarray, shape: tuple[int, int, int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Return the images of a shape and the labels that `packed` put into a row."""
    labels, pixels = row[: shape[0]], row[shape[0] :]
    return pixels.view(np.uint8).reshape(shape), labels
