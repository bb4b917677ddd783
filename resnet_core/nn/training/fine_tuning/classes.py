"""Take some classes out of a data set, as a data set of its own."""

import hashlib
from dataclasses import replace

import numpy as np

from resnet_core.data.cifar import Dataset


def of_classes(data: Dataset, classes: tuple[int, ...], images: int = 0, seed: int = 0) -> Dataset:
    """Return the images of `classes`, which are numbered from 0 in the order given.

    With `images` only so many training images are kept, equally many of each class, drawn by the
    seed; the test images are kept all. The fingerprint is of the data, the classes and the draw.
    """
    places = np.flatnonzero(np.isin(data.train_labels, classes))
    if images:
        places = _drawn(data.train_labels, classes, images // len(classes), seed)
    tested = np.flatnonzero(np.isin(data.test_labels, classes))
    told = f"{data.fingerprint}/{classes}/{images}/{seed if images else 0}"
    return replace(
        data,
        fingerprint=hashlib.sha256(told.encode()).hexdigest()[:16],
        class_names=tuple(data.class_names[one] for one in classes),
        train_images=data.train_images[places],
        train_labels=_renumbered(data.train_labels[places], classes),
        test_images=data.test_images[tested],
        test_labels=_renumbered(data.test_labels[tested], classes),
    )


def _drawn(labels: np.ndarray, classes: tuple[int, ...], each: int, seed: int) -> np.ndarray:
    order = np.random.default_rng([seed, 3]).permutation(len(labels))
    return np.concatenate([order[labels[order] == one][:each] for one in classes])


def _renumbered(labels: np.ndarray, classes: tuple[int, ...]) -> np.ndarray:
    new = np.zeros(256, np.uint8)
    new[list(classes)] = np.arange(len(classes))
    return new[labels]
