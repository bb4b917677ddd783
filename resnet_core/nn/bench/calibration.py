"""Measure how fast this machine builds, traces and trains, so that estimates are its own.

The worker does this once on a machine, in pieces of less than a second, after it has been idle for
a while.
"""

import sys
import time
from collections.abc import Iterator

import numpy as np

from resnet_core import jobs
from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import PRECISIONS, Experiment, NetConfig, TrainConfig
from resnet_core.nn.runtime import SideBySide
from resnet_core.nn.training.arms import Arm

NETS = tuple(NetConfig(14, width) for width in (8, 16))
BATCH, STEPS = 64, 6


class Calibration:
    """Measure twins of each precision and width, one after the other, and store the ratios."""

    def __init__(self) -> None:
        self._pieces = self._all() if jobs.machine_measured() is None else iter(())

    def next(self) -> bool:
        """Do one piece. Return False once there is nothing left to measure."""
        return next(self._pieces, False)

    def _all(self) -> Iterator[bool]:
        """Yield True after each piece."""
        steps: dict[str, dict[str, float]] = {}
        preparing = []
        for precision in PRECISIONS:
            for net in NETS:
                train = TrainConfig(batch=BATCH, precision=precision, augment=False)
                experiment = Experiment.twins("calibration", net, train)
                measured = Twins(experiment)
                yield from measured.pieces()
                typical = jobs.typical_step_seconds(experiment)
                steps.setdefault(precision, {})[str(net.width)] = measured.step_s / typical
                layers = sum(one.depth for one in experiment.arms.values())
                preparing.append(measured.prepare_s / jobs.typical_preparing_seconds(layers))
        # The shortest: the first net also loads what all others share.
        try:
            jobs.note_machine(steps, min(preparing))
        except OSError as error:  # estimates stay the typical ones
            print(f"The machine's speed could not be stored: {error}.", file=sys.stderr)


class Twins:
    """Measure the seconds to prepare the arms of an experiment, and those of their fastest step.

    It is the fastest because a machine is slower while it also does other work, and an estimate
    speaks of one that does not.
    """

    def __init__(self, experiment: Experiment):
        self._experiment = experiment
        self.prepare_s, self.step_s = 0.0, float("inf")

    def pieces(self) -> Iterator[bool]:
        """Prepare one arm, then the next; take one step, then the next. Yield True after each."""
        nets, train = self._experiment.arms, self._experiment.train
        arms = []
        for net in nets.values():
            began = time.perf_counter()
            arms.append(Arm(net, train))
            arms[-1].warm_up()
            self.prepare_s += time.perf_counter() - began
            yield True
        images, labels = _batch(train.batch)
        for _ in range(STEPS):
            side_by_side = SideBySide(len(arms))
            try:
                began = time.perf_counter()
                side_by_side.map(lambda arm: arm.step(images, labels, 0.0, flow=True), arms)
                self.step_s = min(self.step_s, time.perf_counter() - began)
            finally:
                side_by_side.close()
            yield True


def _batch(images: int) -> tuple[np.ndarray, np.ndarray]:
    shape = (images, arithmetic.SIDE, arithmetic.SIDE, arithmetic.CHANNELS)
    rng = np.random.default_rng(0)
    return rng.integers(0, 256, shape, np.uint8), np.zeros(images, np.int32)
