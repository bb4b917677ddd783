"""The gradient by path length against all the paths of a tiny net, walked one by one."""

from itertools import product

import numpy as np
import pytest

from resnet_core.experiment.config import NetConfig

pytestmark = pytest.mark.tf

pytest.importorskip("tensorflow")
import tensorflow as tf  # noqa: E402

from resnet_core.nn.diagnostics import paths  # noqa: E402
from resnet_core.nn.diagnostics.nets.blocks import cut  # noqa: E402

NET = NetConfig(8, 4)


@pytest.fixture(scope="module")
def tiny(subject_of):
    """A net of three blocks, cut into parts, with two images and their labels."""
    subject = subject_of(NET)
    return cut(subject.model, NET), *subject.test(2), subject


def walked(parts, images, labels, choice) -> np.ndarray:
    """The gradient that comes back on one path: each block by its branch or by its shortcut."""
    with tf.GradientTape() as tape:
        tape.watch(images)
        x = parts.stem(images)
        for block, branched in zip(parts.blocks, choice, strict=True):
            branch, shortcut = block.branch(x), block.shortcut(x)
            # The other way carries the same numbers forward, and nothing back.
            taken, other = (branch, shortcut) if branched else (shortcut, branch)
            x = block.join(taken + tf.stop_gradient(other))
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, parts.head(x))
        loss = tf.reduce_sum(losses)
    return tape.gradient(loss, images).numpy()


def test_each_length_is_the_sum_of_its_paths(tiny):
    parts, images, labels, _ = tiny
    found, _ = paths.by_path_length(parts, images, labels)
    expected = {k: np.zeros(images.shape) for k in range(4)}
    for choice in product((True, False), repeat=3):
        expected[sum(choice)] += walked(parts, images, labels, choice)
    assert sorted(found) == [0, 1, 2, 3]
    for k, gradient in found.items():
        assert np.allclose(gradient, expected[k], atol=1e-4 * abs(expected[k]).max()), k


def test_all_lengths_together_are_the_gradient(tiny):
    parts, images, labels, subject = tiny
    found, through = paths.by_path_length(parts, images, labels)
    with tf.GradientTape() as tape:
        tape.watch(images)
        logits = subject.model(images, training=False)
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
        loss = tf.reduce_sum(losses)
    whole = tape.gradient(loss, images).numpy()
    assert np.allclose(sum(part.numpy() for part in found.values()), whole, rtol=1e-3, atol=1e-5)
    assert all(0.0 < share < 1.0 for share in through)


def test_a_plain_net_has_one_path_and_it_goes_through_every_block(subject_of):
    found = paths.measure(subject_of(NetConfig(8, 4, skip=False)))
    assert found["share"] == [0.0, 0.0, 0.0, 1.0] and found["mean_length"] == 3.0
    assert found["binomial"] == [0.0, 0.0, 0.0, 1.0]
    assert found["size"][3] == pytest.approx(found["whole"])


def test_the_shares_of_a_residual_net_add_up_and_the_binomial_is_that_of_its_paths(tiny):
    found = paths.measure(tiny[3])
    assert sum(found["share"]) == pytest.approx(1.0)
    assert found["binomial"] == [1 / 8, 3 / 8, 3 / 8, 1 / 8] and found["binomial_mean"] == 1.5
    assert 0.0 < found["mean_length"] < 3.0
