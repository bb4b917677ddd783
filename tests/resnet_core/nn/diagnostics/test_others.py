"""Slice, rate range, confusion and maps: each against what can be known beforehand."""

from base64 import b64decode
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from resnet_core.experiment.config import NetConfig
from resnet_core.experiment.diagnostics import MEASURABLE
from resnet_core.runs.log import figures

pytestmark = pytest.mark.tf

pytest.importorskip("tensorflow")
from resnet_core.nn.diagnostics import (  # noqa: E402
    batch_statistics,
    confusion,
    loss_slice,
    maps,
    rate_range,
)
from resnet_core.nn.diagnostics.registry import measure  # noqa: E402

NET = NetConfig(8, 4)


@pytest.fixture(scope="module")
def subject(subject_of):
    return subject_of(NET)


@pytest.mark.parametrize("name", MEASURABLE)
def test_every_name_has_its_module_with_a_function_that_measures(name):
    module = __import__(f"resnet_core.nn.diagnostics.{name}", fromlist=["measure"])
    assert callable(module.measure) and module.__doc__


def test_a_direction_has_the_norm_of_each_filter_and_leaves_batch_norm_alone():
    rng = np.random.default_rng(0)
    kernel = rng.normal(size=(3, 3, 4, 6)) * np.arange(1, 7)
    direction = loss_slice.filter_normalised(kernel, rng)
    assert np.allclose((direction**2).sum((0, 1, 2)), (kernel**2).sum((0, 1, 2)))
    assert not loss_slice.filter_normalised(np.ones(6), rng).any()


def test_the_half_width_of_a_parabola():
    at = np.linspace(-1, 1, 41)
    assert loss_slice.half_width(at, list(4 * at**2)) == pytest.approx(0.5, abs=0.01)
    assert loss_slice.half_width(at, list(0.1 * at**2)) is None


def test_a_slice_has_the_loss_of_the_net_in_its_middle_and_leaves_the_net_as_it_was(subject):
    before = subject.model.get_weights()
    found = measure("loss_slice", subject)
    assert all(
        np.array_equal(a, b) for a, b in zip(before, subject.model.get_weights(), strict=True)
    )
    images, labels = subject.training(loss_slice.IMAGES)
    logits = subject.model(images, training=False).numpy()
    chances = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    loss = -np.mean(np.log(chances[np.arange(len(logits)), labels.numpy()]))
    assert found["moving"][len(found["at"]) // 2] == pytest.approx(loss, rel=1e-4)
    assert found["moving"] != found["batch"]


def test_a_rate_range_grows_by_one_factor_and_ends_when_the_loss_blows_up(subject, monkeypatch):
    monkeypatch.setattr(rate_range, "STEPS", 6)
    monkeypatch.setattr(rate_range, "BATCH", 8)
    before = subject.model.get_weights()
    found = measure("rate_range", subject)
    assert all(
        np.array_equal(a, b) for a, b in zip(before, subject.model.get_weights(), strict=True)
    )
    factors = np.array(found["rate"][1:]) / np.array(found["rate"][:-1])
    assert np.allclose(factors, factors[0]) and 2 <= len(found["rate"]) <= 6
    assert len(found["loss"]) == len(found["smooth"]) == len(found["rate"])


def test_the_rates_that_stand_out():
    steepest, lowest = rate_range.standing_out([1, 2, 3, 4, 5], [2.0, 1.9, 1.2, 1.1, 3.0])
    assert (steepest, lowest) == (3, 4)
    assert rate_range.standing_out([1.0], [2.0]) == (None, None)


def test_a_confusion_matrix_counts_what_was_said_of_what():
    truth, said = np.array([0, 0, 1, 2, 2]), np.array([0, 1, 1, 0, 2])
    assert confusion.counted(truth, said, 3).tolist() == [[1, 1, 0], [0, 1, 0], [1, 0, 1]]


def test_a_net_that_is_as_sure_as_it_is_right_is_calibrated():
    sure = np.repeat([0.25, 0.75], 100)
    right = np.concatenate([np.arange(100) < 25, np.arange(100) < 75])
    bins = confusion.calibration(sure, right)
    assert confusion.calibration_error(bins) == pytest.approx(0.0, abs=1e-9)
    overconfident = confusion.calibration(np.ones(100), np.arange(100) < 60)
    assert confusion.calibration_error(overconfident) == pytest.approx(0.4)


def test_confusion_agrees_with_itself(subject):
    found = measure("confusion", subject)
    matrix = np.array(found["matrix"])
    assert matrix.sum() == found["images"] == sum(one["images"] for one in found["bins"])
    assert found["accuracy"] == pytest.approx(np.trace(matrix) / matrix.sum())
    assert all(one["is"] != one["said"] for one in found["wrong"])
    sure = [one["sure"] for one in found["wrong"]]
    assert sure == sorted(sure, reverse=True)
    assert 0 < len(sure) <= confusion.SHOWN and figures.sound("confusion", found)


def test_a_mistake_carries_its_own_image(subject):
    found = measure("confusion", subject)["wrong"][0]
    picture = Image.open(BytesIO(b64decode(found["png"])))
    assert np.array_equal(np.asarray(picture), subject.data.test_images[found["image"]])


def test_maps_are_bytes_of_the_shapes_of_their_places(subject):
    found = measure("maps", subject)
    assert found["places"] == ["stem", "stage1_block1", "stage2_block1", "stage3_block1"]
    assert np.array(found["kernels"]).shape == (4, 3, 3, 3)
    assert [np.array(one).shape[1:] for one in found["maps"]] == [
        (32, 32),
        (32, 32),
        (16, 16),
        (8, 8),
    ]
    assert all(np.min(one) >= 0 and np.max(one) <= 255 for one in found["maps"])
    assert maps.channels(np.zeros((2, 2, 1))) == [[[0, 0], [0, 0]]]


def test_only_batch_statistics_depend_on_which_images_share_a_batch(subject, monkeypatch):
    monkeypatch.setattr(batch_statistics, "IMAGES", 40)
    monkeypatch.setattr(batch_statistics, "BATCH", 4)
    before = subject.model.get_weights()
    found = measure("batch_statistics", subject)
    assert all(
        np.array_equal(a, b) for a, b in zip(before, subject.model.get_weights(), strict=True)
    )
    images, labels = (tensor.numpy() for tensor in subject.test(40))
    right = np.argmax(subject.model(images, training=False), axis=1) == labels
    assert found["moving"] == pytest.approx(np.mean(right)) and found["images"] == 40
    order = np.argsort(labels, kind="stable")
    together = subject.model(images[order][:4], training=True).numpy()
    alone = subject.model(images[order][:1], training=True).numpy()
    assert not np.allclose(together[0], alone[0], atol=1e-3)
    subject.model.set_weights(before)
