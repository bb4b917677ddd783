"""Batches are a pure function of the seed and the step."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resnet_core.data.batches import Batches, crop_and_flip

IMAGES = np.random.default_rng(0).integers(0, 256, (50, 32, 32, 3)).astype(np.uint8)
LABELS = (np.arange(50) % 10).astype(np.uint8)


def batches(seed=0, batch=8, augment=True):
    return Batches(IMAGES, LABELS, batch, seed, augment)


def test_a_step_gives_the_same_batch_whenever_it_is_asked():
    first, second = batches(), batches()
    second.at(3)
    for ours, theirs in zip(first.at(17), second.at(17), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_seeds_and_steps_differ():
    assert not np.array_equal(batches().at(0)[0], batches().at(1)[0])
    assert not np.array_equal(batches().at(0)[0], batches(seed=1).at(0)[0])


def test_an_epoch_shows_no_image_twice():
    made = batches(augment=False)
    seen = np.concatenate([made.at(step)[0] for step in range(made.per_epoch)])
    assert len(np.unique(seen.reshape(len(seen), -1), axis=0)) == 48


def test_labels_go_with_their_images():
    images, labels = batches(augment=False).at(2)
    for image, label in zip(images, labels, strict=True):
        place = np.flatnonzero((image == IMAGES).all((1, 2, 3)))[0]
        assert LABELS[place] == label


def test_a_batch_larger_than_the_data_wraps_around():
    images, labels = batches(batch=64).at(0)
    assert images.shape == (64, 32, 32, 3) and labels.shape == (64,)


@given(st.integers(0, 2**31 - 1))
def test_a_crop_is_a_shift_of_at_most_four_pixels_and_perhaps_a_mirror(seed):
    image = IMAGES[:1]
    cut = crop_and_flip(image, np.zeros(3), np.random.default_rng(seed))[0]
    padded = np.pad(image[0], ((4, 4), (4, 4), (0, 0)))
    crops = [padded[i : i + 32, j : j + 32] for i in range(9) for j in range(9)]
    assert any(np.array_equal(cut, c) or np.array_equal(cut, c[:, ::-1]) for c in crops)


def test_statistics_are_those_of_the_images():
    assert batches().mean == pytest.approx(IMAGES.mean((0, 1, 2)))
    assert batches().deviation == pytest.approx(IMAGES.std((0, 1, 2)))
