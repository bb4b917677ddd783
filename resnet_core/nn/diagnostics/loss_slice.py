"""Measure the loss along one random direction (Li et al. 2018, arXiv:1712.09913, §4).

The direction d is drawn from a normal distribution. Each filter of it is scaled to the norm of the
filter to which it is added; biases and BatchNorm's own weights do not move. The loss of w + a d is
computed at POINTS values of a, once with BatchNorm's moving averages, which belong to w alone, and
once with the statistics of the batch.
"""

from typing import Any

import numpy as np
import tensorflow as tf

from resnet_core.nn.diagnostics.nets.subject import Subject

IMAGES = 250
POINTS = 15
REACH = 1.0
HALF = 1.0  # the half width is where the loss has risen by this much


def measure(subject: Subject) -> dict[str, Any]:
    """Return the loss at each place, and the distance at which it has risen by HALF."""
    images, labels = subject.training(IMAGES)
    model, at = subject.model, np.linspace(-REACH, REACH, POINTS)
    before = model.get_weights()
    rng = np.random.default_rng([subject.seed, 4])
    direction = [filter_normalised(weights, rng) for weights in before]
    losses: dict[str, list[float]] = {"moving": [], "batch": []}
    try:
        for place in at:
            for mode, found in losses.items():
                # Set at each point, because a pass in training has moved the averages.
                model.set_weights([w + place * d for w, d in zip(before, direction, strict=True)])
                logits = model(images, training=mode == "batch")
                each = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
                found.append(float(tf.reduce_mean(each)))
    finally:
        model.set_weights(before)
    widths = {f"half_width_{mode}": half_width(at, found) for mode, found in losses.items()}
    return {"at": at.tolist(), **losses, **widths, "images": IMAGES}


def filter_normalised(weights: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return a random direction with the norm of each filter, and zeros outside of kernels."""
    if weights.ndim < 2:
        return np.zeros_like(weights)
    direction = rng.standard_normal(weights.shape).astype(weights.dtype)
    axes = tuple(range(weights.ndim - 1))  # the last axis counts the filters
    sizes = np.sqrt(np.sum(weights**2, axes) / np.maximum(np.sum(direction**2, axes), 1e-30))
    return direction * sizes


def half_width(at: np.ndarray, losses: list[float]) -> float | None:
    """Return the mean distance to both sides at which the loss is HALF above that in the middle.

    The distance is interpolated. Returns None if the loss does not rise that much within the slice.
    """
    middle = len(at) // 2
    limit = losses[middle] + HALF
    distances = []
    for step in (1, -1):
        for k in range(middle + step, len(at) if step == 1 else -1, step):
            if not losses[k] < limit:
                low, high = losses[k - step], losses[k]
                share = (limit - low) / (high - low) if np.isfinite(high) else 0.0
                distances.append(abs(at[k - step] + share * (at[k] - at[k - step])))
                break
    return float(np.mean(distances)) if len(distances) == 2 else None
