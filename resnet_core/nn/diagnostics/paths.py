"""Split the gradient by path length (Veit et al. 2016, arXiv:1605.06431, §4.3 and §5).

Unravelled, n residual blocks are 2^n paths, because each block is passed either by its shortcut or
by its convolutions. With the gates of the ReLUs and BatchNorm's averages fixed at their values on
the data, every path is linear, and the gradient of the loss with respect to an image is the sum
over all paths. On the way back through a block, the part from paths of length k splits in two: the
part through the shortcut keeps its length, and the part through the convolutions gets length k + 1.
So n + 1 parts are carried along instead of 2^n paths, and their sum is exactly the gradient.

The size of a part is its L2 norm for each image, averaged over images. The sizes do not add up to
the size of the whole gradient, since parts may cancel; `whole` is that size. The binomial
distribution is what the number of paths alone would give.
"""

from math import comb
from typing import Any

import tensorflow as tf

from resnet_core.nn.diagnostics.nets.blocks import Block, Parts, cut
from resnet_core.nn.diagnostics.nets.subject import Subject

IMAGES = 32
Lengths = dict[int, tf.Tensor]  # the gradient's parts by the length of their paths


def measure(subject: Subject) -> dict[str, Any]:
    """Return the size of the gradient by path length, and the share that each block carries."""
    images, labels = subject.test(IMAGES)
    parts = cut(subject.model, subject.net)
    by_length, through = by_path_length(parts, images, labels)
    count = len(parts.blocks)
    sizes = [_size(by_length[k]) if k in by_length else 0.0 for k in range(count + 1)]
    total = sum(sizes)
    shares = [size / total if total else 0.0 for size in sizes]
    paths = [comb(count, k) / 2**count for k in range(count + 1)]
    residual = any(block.branch is not None for block in parts.blocks)
    return {
        "blocks": [block.name for block in parts.blocks],
        "size": sizes,
        "share": shares,
        "binomial": paths if residual else [0.0] * count + [1.0],
        "mean_length": sum(k * share for k, share in enumerate(shares)),
        "binomial_mean": count / 2 if residual else float(count),
        "whole": _size(tf.add_n(list(by_length.values()))),
        "through_convolutions": through,
        "images": IMAGES,
    }


def by_path_length(
    parts: Parts, images: tf.Tensor, labels: tf.Tensor
) -> tuple[Lengths, list[float]]:
    """Return dL/d(image) by path length, and a share for each block.

    The share is the part of the block's gradient, by norm, that comes back through its
    convolutions. L is the sum of the images' losses.
    """
    entering = [parts.stem(images)]
    for block in parts.blocks:
        entering.append(block.whole(entering[-1]))
    lengths: Lengths = {0: _at_the_end(parts, entering[-1], labels)}
    through = []
    for block, x in zip(reversed(parts.blocks), reversed(entering[:-1]), strict=True):
        lengths, share = _back_through(block, x, lengths)
        through.append(share)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(images)
        x = parts.stem(images)
    at_images = {k: tape.gradient(x, images, part) for k, part in lengths.items()}
    return at_images, through[::-1]


def _at_the_end(parts: Parts, x: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
    with tf.GradientTape() as tape:
        tape.watch(x)
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, parts.head(x))
        loss = tf.reduce_sum(losses)
    return tape.gradient(loss, x)


def _back_through(block: Block, x: tf.Tensor, lengths: Lengths) -> tuple[Lengths, float]:
    """Return the parts at the input of a block, given those at its output."""
    if block.branch is None or block.shortcut is None or block.join is None:
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            y = block.whole(x)
        return {k + 1: tape.gradient(y, x, part) for k, part in lengths.items()}, 1.0
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        branch, shortcut = block.branch(x), block.shortcut(x)
        joined = branch + shortcut
        y = block.join(joined)
    kept: Lengths = {}
    longer: Lengths = {}
    for k, part in lengths.items():
        at_join = tape.gradient(y, joined, part)
        # If the shortcut is the input itself, its gradient is passed on unchanged.
        kept[k] = at_join if shortcut is x else tape.gradient(shortcut, x, at_join)
        longer[k + 1] = tape.gradient(branch, x, at_join)
    sizes = [_size(tf.add_n(list(each.values()))) for each in (longer, kept)]
    share = sizes[0] / sum(sizes) if sum(sizes) else 0.0
    together = {
        k: tf.add_n([part[k] for part in (kept, longer) if k in part])
        for k in sorted({*kept, *longer})
    }
    return together, share


def _size(gradient: tf.Tensor) -> float:
    """Return the L2 norm of each image's gradient, averaged over the images."""
    flat = tf.reshape(gradient, (gradient.shape[0], -1))
    return float(tf.reduce_mean(tf.norm(flat, axis=1)))
