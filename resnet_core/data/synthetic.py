"""Draw a ten-class set of 32 x 32 images by arithmetic, for machines without CIFAR.

A class is a texture inside a shape: there are five shapes and two directions of the stripes
relative to the shape's own axis. Place, size, rotation, colours, clutter and noise vary from image
to image, so no single pixel tells the class and a net must combine edges into parts and parts into
wholes.
"""

import hashlib
from functools import lru_cache

import numpy as np

from resnet_core.data.cifar import Dataset

TRAIN, TEST, SEED = 10_000, 2_000, 20_260
SHAPES = ("disc", "square", "triangle", "ring", "cross")
TEXTURES = ("along", "across")
NAMES = tuple(f"{shape}, stripes {texture}" for shape in SHAPES for texture in TEXTURES)
CHUNK = 1000


@lru_cache(maxsize=1)
def load() -> Dataset:
    """Return the data set, the same images on every machine. Takes about two seconds."""
    train_images, train_labels = draw(TRAIN, SEED)
    test_images, test_labels = draw(TEST, SEED + 1)
    digest = hashlib.sha256(train_images.data)
    digest.update(test_images.data)
    return Dataset(
        "synthetic",
        "synthetic",
        True,
        digest.hexdigest()[:16],
        NAMES,
        train_images,
        train_labels,
        test_images,
        test_labels,
    )


def draw(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return images (count, 32, 32, 3) uint8 and labels (count,) uint8, with equal class shares."""
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(count) % len(NAMES)).astype(np.uint8)
    parts = [_draw(labels[i : i + CHUNK], rng) for i in range(0, count, CHUNK)]
    return np.concatenate(parts), labels


def _draw(labels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    count = len(labels)
    shape, texture = labels // 2, labels % 2
    turn = rng.uniform(-0.5, 0.5, count)
    u, v = _axes(count, turn, rng.uniform(8, 12, count), rng)
    inside = _inside(shape, u, v)
    stripes = np.where(texture[:, None, None] == 0, v, u)
    wave = np.sin(stripes * rng.uniform(6, 8, (count, 1, 1)) + rng.uniform(0, 6.3, (count, 1, 1)))
    background = _clutter(count, rng)
    dark, light, behind = (
        rng.uniform(low, high, (count, 1, 1, 3)) for low, high in ((10, 110), (150, 250), (60, 200))
    )
    filled = dark + (light - dark) * (0.5 + 0.5 * wave[..., None])
    image = np.where(inside[..., None], filled, behind + 30 * background[..., None])
    image += rng.normal(0, 14, image.shape)
    return np.clip(np.round(image), 0, 255).astype(np.uint8)


def _axes(
    count: int, turn: np.ndarray, size: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return coordinates in each shape's own frame, (count, 32, 32) each; 1 is its half width."""
    rows, columns = np.mgrid[0:32, 0:32].astype(np.float64)
    top, left = rng.uniform(12, 20, (2, count, 1, 1))
    y, x = rows - top, columns - left
    cosine, sine = np.cos(turn)[:, None, None], np.sin(turn)[:, None, None]
    size = size[:, None, None]
    return (cosine * x + sine * y) / size, (cosine * y - sine * x) / size


def _inside(shape: np.ndarray, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    radius = np.hypot(u, v)
    masks = (
        radius < 1,
        np.maximum(abs(u), abs(v)) < 0.9,
        (v > -0.7) & (v < 1.1 - 1.7 * abs(u)),
        (radius < 1.1) & (radius > 0.55),
        (np.minimum(abs(u), abs(v)) < 0.36) & (np.maximum(abs(u), abs(v)) < 1.1),
    )
    return np.choose(shape[:, None, None], masks)


def _clutter(count: int, rng: np.random.Generator) -> np.ndarray:
    """Return stripes of another kind, so that stripes alone do not tell the shape."""
    rows, columns = np.mgrid[0:32, 0:32]
    angle, pitch, phase = (
        rng.uniform(low, high, (count, 1, 1)) for low, high in ((0, 6.3), (0.5, 1.4), (0, 6.3))
    )
    waves: np.ndarray = np.sin(pitch * (np.cos(angle) * columns + np.sin(angle) * rows) + phase)
    return waves
