"""Set TensorFlow up for a run, and let its arms share the processor.

The worker imports this first, and TensorFlow with it: without pandas and Matplotlib, which Keras
takes along where it finds them. Nothing here needs them, and they are a quarter of the import.

On two cores two arms train side by side with each operation on one thread: nothing is split and
nothing waits (docs/bench.md has the gain). With spare cores an operation may use all of them.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import TypeVar

_NOT_NEEDED = [name for name in ("pandas", "matplotlib") if name not in sys.modules]
sys.modules.update(dict.fromkeys(_NOT_NEEDED))  # None: an import finds that there is none
try:
    import tensorflow as tf
finally:
    for _name in _NOT_NEEDED:
        del sys.modules[_name]

Item, Result = TypeVar("Item"), TypeVar("Result")
CORES = "RESIDUAL_CORES"  # how many of the cores a seat of a cluster was given


def available() -> int:
    """Return how many cores this process may use."""
    given = os.environ.get(CORES)
    if given:
        return int(given)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def threads(arms: int) -> int:
    """Return the threads of one operation when this many arms train at once."""
    return 1 if arms >= available() else available()


def prepare(arms: int) -> None:
    """Set TensorFlow up for this many arms. It sets its threads once, before its first operation.

    Its graph passes are off: they took half a second of the first step and gained nothing.
    """
    tf.config.threading.set_intra_op_parallelism_threads(threads(arms))
    tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})


def prepared_for(arms: int) -> bool:
    """Return whether this process was set up for so many arms."""
    return tf.config.threading.get_intra_op_parallelism_threads() == threads(arms)


@contextmanager
def without_collections() -> Iterator[None]:
    """Build or trace a net without Python's garbage collector.

    Keras and TensorFlow make so many small objects that live on that each search for garbage cycles
    walks over all of them. In a worker that holds traced nets the searches took a third of the time
    until the first chart. What is garbage is found afterwards.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class SideBySide:
    """Run a task for all arms at the same time. TensorFlow computes outside Python's lock."""

    def __init__(self, arms: int):
        self._pool = ThreadPoolExecutor(min(arms, available()), "arm")

    def map(self, task: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
        """Return results in the items' order. Raises what a task raised, after all have ended."""
        if len(items) == 1:
            return [task(items[0])]
        waiting = [self._pool.submit(task, item) for item in items]
        wait(waiting)
        return [one.result() for one in waiting]

    def close(self) -> None:
        self._pool.shutdown()
