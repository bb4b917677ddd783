"""Measure how fast this machine builds, traces and trains, so that estimates are its own.

The worker does this once on a machine, in pieces of about a second, while nothing waits.
"""

import sys
import time

import numpy as np

from resnet_core import jobs
from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import PRECISIONS, Experiment, NetConfig, TrainConfig
from resnet_core.nn.runtime import SideBySide
from resnet_core.nn.training.arms import Arm

DEPTH, WIDTHS, BATCH = 14, (8, 16), 64
STEPS = 6


class Calibration:
    """Measure twins of each precision and width, one after the other, and store the ratios."""

    def __init__(self) -> None:
        known = jobs.machine_measured() is not None
        self._to_do = [] if known else [(p, width) for p in PRECISIONS for width in WIDTHS]
        self._steps: dict[str, dict[str, float]] = {}
        self._preparing: list[float] = []

    def next(self) -> bool:
        """Measure one of the twins. Return False once there is nothing left to measure."""
        if not self._to_do:
            return False
        precision, width = self._to_do.pop(0)
        step_s, prepare_s = twins_seconds(NetConfig(DEPTH, width), precision)
        train = TrainConfig(batch=BATCH, precision=precision)
        experiment = Experiment.twins("calibration", NetConfig(DEPTH, width), train)
        ratio = step_s / jobs.typical_step_seconds(experiment)
        self._steps.setdefault(precision, {})[str(width)] = ratio
        self._preparing.append(prepare_s / jobs.typical_preparing_seconds(2 * DEPTH))
        if not self._to_do:
            self._store()
        return True

    def _store(self) -> None:
        # The shortest: the first net also loads what all others share.
        try:
            jobs.note_machine(self._steps, min(self._preparing))
        except OSError as error:  # estimates stay the typical ones
            print(f"The machine's speed could not be stored: {error}.", file=sys.stderr)


def twins_seconds(net: NetConfig, precision: str) -> tuple[float, float]:
    """Return the seconds of one traced step of both twins, and those until it was traced.

    The step is the fastest of STEPS, because a machine is slower while it also does other work, and
    an estimate speaks of one that does not.
    """
    train = TrainConfig(batch=BATCH, precision=precision, augment=False)
    nets = Experiment.twins("calibration", net, train).arms.values()
    side = arithmetic.SIDE
    images = np.random.default_rng(0).integers(
        0, 256, (BATCH, side, side, arithmetic.CHANNELS), np.uint8
    )
    labels = np.arange(BATCH, dtype=np.int32) % net.classes
    began = time.perf_counter()
    arms = [Arm(one, train) for one in nets]
    for arm in arms:
        arm.warm_up()
    prepared = time.perf_counter() - began
    side_by_side, seconds = SideBySide(len(arms)), []
    try:
        for _ in range(STEPS):
            began = time.perf_counter()
            side_by_side.map(lambda arm: arm.step(images, labels, 0.0, flow=True), arms)
            seconds.append(time.perf_counter() - began)
    finally:
        side_by_side.close()
    return min(seconds), prepared
