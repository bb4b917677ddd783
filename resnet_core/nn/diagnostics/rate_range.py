"""Run the learning-rate range test (Smith 2017, arXiv:1506.01186, §3.3).

A copy of the net takes STEPS steps of SGD with momentum while the rate grows from LOWEST by the
same factor at each step. The test ends early once the loss is BLOWN times its lowest value.
"""

import math
from typing import Any

import numpy as np
import tensorflow as tf

from resnet_core.data.batches import Batches
from resnet_core.nn.diagnostics.nets.subject import Subject
from resnet_core.nn.resnet.network import build_net

STEPS = 40
BATCH = 64
LOWEST, HIGHEST = 1e-4, 10.0
MOMENTUM = 0.9
BLOWN = 4.0
SMOOTH = 0.7  # weight of the past in the moving average


def measure(subject: Subject) -> dict[str, Any]:
    """Return the rates with the loss before each step, and the two rates that stand out."""
    model = build_net(subject.net, subject.seed)
    model.set_weights(subject.model.get_weights())
    data = subject.data
    batches = Batches(data.train_images, data.train_labels, BATCH, subject.seed, augment=False)
    weights = [weight.value for weight in model.trainable_variables]
    velocity = [tf.zeros_like(weight) for weight in weights]
    rates, losses = [], []
    for step, rate in enumerate(np.geomspace(LOWEST, HIGHEST, STEPS)):
        images, labels = batches.at(step)
        x = tf.constant((images.astype(np.float32) - subject.mean) / subject.deviation)
        with tf.GradientTape() as tape:
            logits = model(x, training=True)
            each = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
            loss = tf.reduce_mean(each)
        rates.append(float(rate))
        losses.append(float(loss))
        if not math.isfinite(losses[-1]) or losses[-1] > BLOWN * min(losses):
            break
        for k, gradient in enumerate(tape.gradient(loss, weights)):
            velocity[k] = MOMENTUM * velocity[k] - rate * gradient
            weights[k].assign_add(velocity[k])
    smooth = smoothed(losses)
    steepest, lowest = standing_out(rates, smooth)
    return {
        "rate": rates,
        "loss": losses,
        "smooth": smooth,
        "steepest": steepest,
        "lowest": lowest,
        "batch": BATCH,
    }


def smoothed(losses: list[float]) -> list[float]:
    """Return the exponential moving average, corrected for its start."""
    found, average = [], 0.0
    for step, loss in enumerate(losses, start=1):
        average = SMOOTH * average + (1 - SMOOTH) * loss
        found.append(average / (1 - SMOOTH**step))
    return found


def standing_out(rates: list[float], smooth: list[float]) -> tuple[float | None, float | None]:
    """Return the rates at which the smoothed loss falls fastest and at which it is lowest."""
    known = [k for k, loss in enumerate(smooth) if math.isfinite(loss)]
    if len(known) < 3:
        return None, None
    falls = [smooth[k] - smooth[k - 1] for k in known[1:]]
    lowest = min(known, key=lambda k: smooth[k])
    return rates[known[1 + int(np.argmin(falls))]], rates[lowest]
