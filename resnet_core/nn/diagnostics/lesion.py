"""Delete or swap blocks of a trained net and measure it (Veit et al. 2016, arXiv:1605.06431, §4).

A deleted block leaves its shortcut. A plain net gets the same in its place: its input or, if the
shape changes, the shortcut without weights. Nothing is trained afterwards. Only blocks that keep
the shape can swap places, and only within their stage.

Accuracy is over the first IMAGES test images. `change` is |f(x) - f'(x)| / |f(x)| of the logits,
the median over images: it is informative even for a net that has learned nothing yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf

from resnet_core.nn.diagnostics.nets.blocks import Block, Map, Parts, cut
from resnet_core.nn.diagnostics.nets.subject import Subject

IMAGES = 500
DRAWS = 3  # draws of k random blocks
SEVERAL = (2, 3, 5)  # how many blocks at once, as far as the net has them


def measure(subject: Subject) -> dict[str, Any]:
    """Return the accuracy with one block deleted, with k deleted, and with blocks shuffled."""
    images, labels = subject.test(IMAGES)
    lesioned = Lesioned(cut(subject.model, subject.net), images, labels.numpy())
    names = [block.name for block in lesioned.parts.blocks]
    ones = [lesioned.without({place}) for place in range(len(names))]
    rng = np.random.default_rng([subject.seed, 3])
    several = [
        {"k": k, "accuracy": [lesioned.without(some).accuracy for some in _draw(rng, names, k)]}
        for k in SEVERAL
        if k < len(names)
    ]
    shuffles = [
        {"stage": stage, "accuracy": lesioned.in_order(order).accuracy}
        for stage, order in _shuffles(rng, lesioned.parts.blocks)
    ]
    return {
        "blocks": names,
        "whole": lesioned.whole.accuracy,
        "without": [one.accuracy for one in ones],
        "median_without": float(np.median([one.accuracy for one in ones])),
        "change": [one.change for one in ones],
        "several": several,
        "shuffled": shuffles,
        "images": len(images),
        "trained": subject.trained,
    }


@dataclass(frozen=True)
class Outcome:
    """Hold the accuracy of a lesioned net, and how far its logits moved."""

    accuracy: float
    change: float


class Lesioned:
    """Run a net with blocks left out or moved. What comes before the first is computed once.

    `images` is (N, 32, 32, 3), normalised; `labels` is (N,).
    """

    def __init__(self, parts: Parts, images: tf.Tensor, labels: np.ndarray):
        self.parts, self._labels = parts, labels
        self._whole = [block.whole for block in parts.blocks]
        self._deleted = [block.deleted for block in parts.blocks]
        self._entering = [parts.stem(images)]
        for whole in self._whole:
            self._entering.append(whole(self._entering[-1]))
        self.logits: np.ndarray = parts.head(self._entering[-1]).numpy()
        self.whole = self._outcome(self.logits)

    def without(self, deleted: set[int]) -> Outcome:
        """Return the outcome without the blocks at these places."""
        first = min(deleted)
        maps = [
            self._deleted[place] if place in deleted else self._whole[place]
            for place in range(first, len(self._whole))
        ]
        return self._run(first, maps)

    def in_order(self, order: Sequence[int]) -> Outcome:
        """Return the outcome with the blocks in another order."""
        moved = [place for place, block in enumerate(order) if place != block]
        first = min(moved, default=len(order))
        return self._run(first, [self._whole[place] for place in order[first:]])

    def _run(self, first: int, maps: Sequence[Map]) -> Outcome:
        x = self._entering[first]
        for one in maps:
            x = one(x)
        return self._outcome(self.parts.head(x).numpy())

    def _outcome(self, logits: np.ndarray) -> Outcome:
        right = float(np.mean(logits.argmax(1) == self._labels))
        moved = np.linalg.norm(logits - self.logits, axis=1)
        size = np.maximum(np.linalg.norm(self.logits, axis=1), 1e-12)
        return Outcome(right, float(np.median(moved / size)))


def _draw(rng: np.random.Generator, names: list[str], k: int) -> list[set[int]]:
    return [set(rng.choice(len(names), k, replace=False).tolist()) for _ in range(DRAWS)]


def _shuffles(rng: np.random.Generator, blocks: Sequence[Block]) -> list[tuple[int, list[int]]]:
    """Return an order of all blocks for each stage that can be shuffled.

    One more order, called stage 0, shuffles all of these stages.
    """
    every = list(range(len(blocks)))
    found = []
    for stage in sorted({block.stage for block in blocks}):
        places = [i for i in every if blocks[i].stage == stage and blocks[i].movable]
        if len(places) < 2:
            continue
        turned = places
        while turned == places:
            turned = rng.permutation(places).tolist()
        order = every.copy()
        for place, block in zip(places, turned, strict=True):
            order[place] = block
        found.append((stage, order))
    if len(found) > 1:
        together = every.copy()
        for _, order in found:
            together = [
                theirs if theirs != place else ours
                for place, (theirs, ours) in enumerate(zip(order, together, strict=True))
            ]
        found.append((0, together))
    return found
