"""Choose the images of a step as a pure function of the seed and the step.

Every arm therefore sees the same batch, and a resumed run continues with the batch that it would
have had.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

PAD = 4  # He et al. 2015 (arXiv:1512.03385) §4.2: pad 4, crop 32, flip
STATISTICS_FROM = 5000


@dataclass(frozen=True)
class Batches:
    """Make batches of `batch` images from `images` (N, 32, 32, 3) uint8 and `labels` (N,) uint8."""

    images: np.ndarray
    labels: np.ndarray
    batch: int
    seed: int
    augment: bool

    @property
    def per_epoch(self) -> int:
        """Return the whole batches of an epoch. Other epochs may use the images left over."""
        return max(1, len(self.images) // self.batch)

    def at(self, step: int) -> tuple[np.ndarray, np.ndarray]:
        """Return images (batch, 32, 32, 3) uint8 and labels (batch,) int32 of a step, from 0."""
        epoch, place = divmod(step, self.per_epoch)
        order = _order(len(self.images), self.seed, epoch)
        chosen = np.take(order, range(place * self.batch, (place + 1) * self.batch), mode="wrap")
        images = self.images[chosen]
        if self.augment:
            images = crop_and_flip(images, self.mean, np.random.default_rng([self.seed, 1, step]))
        return images, self.labels[chosen].astype(np.int32)

    @cached_property
    def mean(self) -> np.ndarray:
        """Return the mean of each channel, (3,), in 0 to 255, over the first training images."""
        mean: np.ndarray = self.images[:STATISTICS_FROM].mean((0, 1, 2), dtype=np.float64)
        return mean

    @cached_property
    def deviation(self) -> np.ndarray:
        """Return the standard deviation of each channel, (3,), over the same images."""
        deviation: np.ndarray = self.images[:STATISTICS_FROM].std((0, 1, 2), dtype=np.float64)
        return deviation


def crop_and_flip(images: np.ndarray, fill: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return a random crop of each padded image, mirrored with probability one half."""
    count, side = images.shape[:2]
    padded = np.empty((count, side + 2 * PAD, side + 2 * PAD, 3), np.uint8)
    padded[:] = np.round(fill).astype(np.uint8)
    padded[:, PAD:-PAD, PAD:-PAD] = images
    corners = rng.integers(0, 2 * PAD + 1, (2, count)).T.tolist()
    mirrored = np.less(rng.random(count), 0.5).tolist()
    cropped = np.empty_like(images)
    for i, ((top, left), mirror) in enumerate(zip(corners, mirrored, strict=True)):
        crop = padded[i, top : top + side, left : left + side]
        cropped[i] = crop[:, ::-1] if mirror else crop
    return cropped


@lru_cache(maxsize=2)
def _order(count: int, seed: int, epoch: int) -> np.ndarray:
    return np.random.default_rng([seed, 0, epoch]).permutation(count)
