"""Measure how fast this processor multiplies matrices, which bounds the speed of any net."""

import tensorflow as tf

from resnet_core.bench.case import Case
from resnet_core.bench.run import PEAK_SIDE
from resnet_core.nn.bench.gate import Gate


def train(case: Case, gate: Gate) -> None:
    """Multiply square matrices of side PEAK_SIDE, one product a step, until Ended."""
    dtype = tf.as_dtype(case.dtype)
    left, right = (tf.cast(tf.random.normal((PEAK_SIDE, PEAK_SIDE)), dtype) for _ in range(2))
    while True:
        tf.matmul(left, right).numpy()
        gate.passed(0.0)
