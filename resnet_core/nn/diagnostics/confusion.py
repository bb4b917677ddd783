"""Measure which classes a net confuses and how sure it is (Guo et al. 2017, arXiv:1706.04599, §2).

`matrix[i][j]` counts images of class i that were classified as class j. The expected calibration
error is the absolute difference between confidence and accuracy, averaged over BINS bins of
confidence, each weighted by its number of images.

`wrong` has the mistakes of which the net was most sure, each with its image as a PNG in base64, so
that a page can show it without the data.
"""

from base64 import b64encode
from typing import Any

import numpy as np
import tensorflow as tf

from resnet_core.nn.diagnostics.nets.subject import Subject

IMAGES = 2000
PART = 250
BINS = 10
SHOWN = 12  # misclassified images, the most confident first


def measure(subject: Subject) -> dict[str, Any]:
    """Return the matrix, figures by class, the calibration, and the most confident mistakes."""
    images, labels = subject.test(IMAGES)
    parts = [
        tf.nn.softmax(subject.model(images[first : first + PART], training=False)).numpy()
        for first in range(0, len(images), PART)
    ]
    chances, truth = np.concatenate(parts), labels.numpy()
    said, sure = chances.argmax(1), chances.max(1)
    matrix = counted(truth, said, chances.shape[1])
    wrong = np.flatnonzero(said != truth)
    wrong = wrong[np.argsort(-sure[wrong], kind="stable")][:SHOWN]
    bins = calibration(sure, said == truth)
    return {
        "matrix": matrix.tolist(),
        "recall": _shares(np.diag(matrix), matrix.sum(1)),
        "precision": _shares(np.diag(matrix), matrix.sum(0)),
        "accuracy": float(np.mean(said == truth)),
        "bins": bins,
        "calibration_error": calibration_error(bins),
        "wrong": [
            {
                "image": int(k),
                "is": int(truth[k]),
                "said": int(said[k]),
                "sure": float(sure[k]),
                "png": png(subject.data.test_images[k]),
            }
            for k in wrong
        ],
        "images": len(truth),
    }


def counted(truth: np.ndarray, said: np.ndarray, classes: int) -> np.ndarray:
    """Return the confusion matrix, (classes, classes); rows are the true classes."""
    return np.bincount(truth * classes + said, minlength=classes**2).reshape(classes, classes)


def calibration(sure: np.ndarray, right: np.ndarray) -> list[dict[str, float]]:
    """Return the images, mean confidence and accuracy of each bin that is not empty."""
    places = np.minimum((sure * BINS).astype(int), BINS - 1)
    return [
        {
            "images": int(np.sum(places == k)),
            "confidence": float(np.mean(sure[places == k])),
            "accuracy": float(np.mean(right[places == k])),
        }
        for k in range(BINS)
        if np.any(places == k)
    ]


def calibration_error(bins: list[dict[str, float]]) -> float:
    """Return the expected calibration error of bins, from 0 to 1."""
    total = sum(one["images"] for one in bins)
    off = [one["images"] * abs(one["confidence"] - one["accuracy"]) for one in bins]
    return float(sum(off) / total)


def png(image: np.ndarray) -> str:
    """Return an image, (h, w, 3) uint8, as a PNG in base64: about 3 kB for 32 x 32 pixels."""
    return b64encode(tf.io.encode_png(image).numpy()).decode("ascii")


def _shares(right: np.ndarray, of: np.ndarray) -> list[float | None]:
    return [float(r / n) if n else None for r, n in zip(right, of, strict=True)]
