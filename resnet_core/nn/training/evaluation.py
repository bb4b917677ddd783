"""What the arms make of test images: accuracy and loss, and how often each class was right."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from resnet_core.nn.training.arms import Arm

CLOSING_S = 5.0  # the closing evaluation takes as many images as fit, at least the configured
PART = 250  # images at a time
SPOT_CHECK = 100  # runs configured for fewer images only look whether the evaluation works
PROBED = 16


@dataclass(frozen=True)
class Evaluation:
    """The first `len(labels)` test images as one arm sees them.

    `chances` (images, classes) are its softmax outputs. NaN where the net has diverged.
    """

    chances: np.ndarray
    labels: np.ndarray

    @property
    def said(self) -> np.ndarray:
        """Return the class that each image was taken for."""
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
        """Return the fields of a `probe` event: the first images with all that was said of them."""
        count = min(PROBED, len(self.labels))
        return {
            "images": list(range(count)),
            "labels": self.labels[:count].tolist(),
            "probabilities": self.chances[:count].tolist(),
        }


def evaluate(arm: Arm, images: np.ndarray, labels: np.ndarray) -> Evaluation:
    """Return what an arm makes of images (N, 32, 32, 3) uint8 with labels (N,)."""
    logits = arm.predict(images, PART)
    chances = np.exp(logits - logits.max(1, keepdims=True))
    return Evaluation(chances / chances.sum(1, keepdims=True), labels)


def closing_count(arms: Mapping[str, Arm], images: np.ndarray, at_least: int) -> int:
    """Return how many of the test images all arms see in CLOSING_S seconds, `at_least` or more."""
    if at_least < SPOT_CHECK:
        return min(at_least, len(images))
    part, seconds = images[:PART], 0.0
    for arm in arms.values():
        arm.predict(part, PART)  # compiles
        began = time.perf_counter()
        arm.predict(part, PART)
        seconds += time.perf_counter() - began
    parts = int(CLOSING_S / seconds)
    return min(len(images), max(at_least, parts * len(part)))


def _counts(classes_of_images: np.ndarray, classes: int) -> list[int]:
    return np.bincount(classes_of_images, minlength=classes).tolist()
