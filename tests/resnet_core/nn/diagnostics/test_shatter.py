"""Shattered gradients: the autocorrelation itself, and that skips keep gradients whole."""

import numpy as np
import pytest

from resnet_core.data import cifar
from resnet_core.experiment.config import NetConfig

pytestmark = pytest.mark.tf

pytest.importorskip("tensorflow")
import tensorflow as tf  # noqa: E402

from resnet_core.nn.diagnostics import shatter  # noqa: E402


def test_noise_has_no_autocorrelation_and_a_slow_wave_almost_all_of_it():
    noise = np.random.default_rng(0).normal(size=(64, 500))
    wave = np.sin(np.linspace(0, 2 * np.pi, 64))[:, None] * np.ones(5)
    assert abs(shatter.autocorrelation(noise, 1)[0]) < 0.05
    assert shatter.autocorrelation(wave, 1)[0] > 0.97
    assert shatter.autocorrelation(np.ones((64, 5)), 2) == [0.0, 0.0]


def test_the_line_begins_and_ends_at_the_two_images():
    first, last = tf.zeros((2, 2, 3)), tf.ones((2, 2, 3))
    line = shatter.line_between(first, last, 5).numpy()
    assert np.allclose(line[:, 0, 0, 0], [0, 0.25, 0.5, 0.75, 1])


def test_a_plain_net_of_20_layers_shatters_and_a_residual_one_does_not(subject_of, cifar_sample):
    data = cifar.find("cifar10", cifar_sample)
    found = {
        skip: shatter.measure(subject_of(NetConfig(20, 8, skip), data)) for skip in (True, False)
    }
    assert found[True]["input_lag_1"] > found[False]["input_lag_1"] + 0.2
    assert found[True]["layers"] == found[False]["layers"]
    # Nearer to the head fewer layers lie behind: the plain net's gradient is whole there.
    assert found[False]["lag_1"][-1] > found[False]["lag_1"][0] + 0.2
