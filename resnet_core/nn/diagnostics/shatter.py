"""Measure shattered gradients (Balduzzi et al. 2017, arXiv:1702.08591, §2).

A line between two training images is cut into POINTS points. g(t) is the gradient of one logit,
that of the first image's class, with respect to the input at point t, with BatchNorm's moving
averages. The autocorrelation at lag k is

    sum_t <g(t) - m, g(t+k) - m> / (POINTS - k)  divided by  sum_t |g(t) - m|^2 / POINTS

with m the mean of g over the line. It is 1 if neighbours agree and 0 for white noise. The same is
computed for the input of every weight layer in the same backward pass; figures are means over LINES
lines.
"""

from typing import Any

import numpy as np
import tensorflow as tf

from resnet_core.experiment import arithmetic
from resnet_core.nn.diagnostics.nets.subject import Subject
from resnet_core.nn.resnet.network import taps

POINTS = 64
LINES = 4
LAGS = 16


def measure(subject: Subject) -> dict[str, Any]:
    """Return the autocorrelation at lag 1 by layer, and at every lag for the input."""
    # The head is left out: the gradient at its input is its own weights at every point.
    names = arithmetic.weight_layers(subject.net)[:-1]
    tapped = taps(subject.model, subject.net)
    images, labels = subject.training(2 * LINES)
    lines = [
        gradients(tapped, line_between(images[2 * i], images[2 * i + 1]), int(labels[2 * i]))
        for i in range(LINES)
    ]
    at_input = [autocorrelation(line[0], LAGS) for line in lines]
    lag_1 = [
        float(np.mean([autocorrelation(line[k], 1)[0] for line in lines]))
        for k in range(len(names))
    ]
    return {
        "layers": names,
        "lag_1": lag_1,
        "input_lag_1": lag_1[0],
        "by_lag": np.mean(at_input, axis=0).tolist(),
        "by_line": [line[0] for line in at_input],
        "points": POINTS,
        "lines": LINES,
    }


def line_between(first: tf.Tensor, last: tf.Tensor, points: int = POINTS) -> tf.Tensor:
    """Return the points (points, 32, 32, 3) of the line between two images, with both ends."""
    place = tf.linspace(0.0, 1.0, points)[:, None, None, None]
    return first[None] * (1.0 - place) + last[None] * place


def gradients(tapped: tf.keras.Model, points: tf.Tensor, wanted: int) -> list[np.ndarray]:
    """Return d(logit)/dx, (points, …), for the input x of each weight layer, images first."""
    with tf.GradientTape() as tape:
        tape.watch(points)
        *inputs, logits = tapped(points, training=False)
        # Each point has its own logit, so the gradient of their sum is that of each.
        total = tf.reduce_sum(logits[:, wanted])
    inputs[0] = points
    return [gradient.numpy() for gradient in tape.gradient(total, inputs)]


def autocorrelation(along: np.ndarray, lags: int) -> list[float]:
    """Return the autocorrelation of (points, …) at lags 1 to `lags`, or 0 if nothing varies."""
    flat = along.reshape(len(along), -1).astype(np.float64)
    centred = flat - flat.mean(0)
    variance = np.mean(np.sum(centred * centred, axis=1))
    if variance == 0.0:
        return [0.0] * lags
    return [
        float(np.mean(np.sum(centred[:-lag] * centred[lag:], axis=1)) / variance)
        for lag in range(1, lags + 1)
    ]
