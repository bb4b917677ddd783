"""Measure what a net's accuracy on test images becomes with the statistics of each batch.

At inference BatchNorm has to use its moving averages, so that the output for an image depends on
that image alone (Ioffe & Szegedy 2015, arXiv:1502.03167, §3.1). Here the same net is evaluated in
training mode, with batches that mix the classes and with batches of a single class.
"""

from typing import Any

import numpy as np

from resnet_core.nn.diagnostics.nets.subject import Subject

IMAGES = 1000
BATCH = 50


def measure(subject: Subject) -> dict[str, Any]:
    """Return three accuracies: by the moving averages, in mixed batches, in batches by class."""
    images, labels = (tensor.numpy() for tensor in subject.test(IMAGES))
    by_class = np.argsort(labels, kind="stable")
    before = subject.model.get_weights()
    try:
        return {
            "moving": _right(subject, images, labels, training=False),
            "mixed": _right(subject, images, labels, training=True),
            "sorted": _right(subject, images[by_class], labels[by_class], training=True),
            "images": len(labels),
        }
    finally:
        subject.model.set_weights(before)  # a pass in training has moved the averages


def _right(subject: Subject, images: np.ndarray, labels: np.ndarray, *, training: bool) -> float:
    """Return the share of images that are classified right, in batches as they come."""
    said = [
        np.argmax(subject.model(images[first : first + BATCH], training=training), axis=1)
        for first in range(0, len(images), BATCH)
    ]
    return float(np.mean(np.concatenate(said) == labels))
