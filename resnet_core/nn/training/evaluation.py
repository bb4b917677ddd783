"""Evaluate arms on test images: accuracy, loss, and how often each class was right."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from resnet_core.nn.training.arms import Arm

CLOSING_S = 5.0  # the closing evaluation uses the images that fit in, at least those configured
PART = 250  # images at a time
SPOT_CHECK = 100  # runs configured for fewer images only check that the evaluation works
PROBED = 16


@dataclass(frozen=True)
class Evaluation:
    """Hold the outputs of one arm for the first `len(labels)` test images.

    `chances` (images, classes) are its softmax outputs. They are NaN if the net has diverged.
    """

    chances: np.ndarray
    labels: np.ndarray

    @property
    def said(self) -> np.ndarray:
        """Return the predicted class of each image."""
        return self.chances.argmax(1)

    @property
    def facts(self) -> dict[str, object]:
        """Return the fields of an `eval` event."""
        classes = self.chances.shape[1]
        right = self.said == self.labels
        of_the_right = self.chances[np.arange(len(self.labels)), self.labels]
        return {
            "accuracy": float(np.mean(right)),
            "loss": float(np.mean(-np.log(np.maximum(of_the_right, 1e-12)))),
            "images": len(self.labels),
            "of": _counts(self.labels, classes),
            "right": _counts(self.labels[right], classes),
            "said": _counts(self.said, classes),
        }

    @property
    def sample(self) -> dict[str, object]:
        """Return the fields of a `probe` event: the first images with all class probabilities."""
        count = min(PROBED, len(self.labels))
        return {
            "images": list(range(count)),
            "labels": self.labels[:count].tolist(),
            "probabilities": self.chances[:count].tolist(),
        }


def evaluate(arm: Arm, images: np.ndarray, labels: np.ndarray) -> Evaluation:
    """Return the outputs of an arm for images (N, 32, 32, 3) uint8 with labels (N,)."""
    logits = arm.predict(images, PART)
    chances = np.exp(logits - logits.max(1, keepdims=True))
    return Evaluation(chances / chances.sum(1, keepdims=True), labels)


def closing_count(arms: Mapping[str, Arm], images: np.ndarray, at_least: int) -> int:
    """Return how many test images all arms process in CLOSING_S seconds, at least `at_least`."""
    if at_least < SPOT_CHECK:
        return min(at_least, len(images))
    part, seconds = images[:PART], 0.0
    for arm in arms.values():
        arm.predict(part, PART)  # this call compiles
        began = time.perf_counter()
        arm.predict(part, PART)
        seconds += time.perf_counter() - began
    parts = int(CLOSING_S / seconds)
    return min(len(images), max(at_least, parts * len(part)))


def _counts(classes_of_images: np.ndarray, classes: int) -> list[int]:
    return np.bincount(classes_of_images, minlength=classes).tolist()
