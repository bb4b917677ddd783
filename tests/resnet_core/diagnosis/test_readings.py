"""Verdicts follow their rules."""

import pytest

from resnet_core.diagnosis import readings
from resnet_core.runs import History


def losses(residual, plain):
    past = History()
    for arm, values in (("residual", residual), ("plain", plain)):
        past.add(
            {"kind": "step", "arm": arm, "step": k, "loss": loss, "elapsed_s": float(k)}
            for k, loss in enumerate(values)
        )
    return past


def test_twins_are_apart_from_the_step_that_stays_apart():
    past = losses([1.5] * 40, [1.5] * 20 + [2.5] * 20)
    found = readings.apart(past)
    # three of the last ten steps differ by 1.0: their mean differs by 0.3
    assert (found.step, found.gap) == (22, pytest.approx(1.0))


def test_a_gap_that_closes_again_does_not_count():
    assert readings.apart(losses([1.5] * 40, [2.5] * 30 + [1.5] * 10)) is None


def test_a_residual_net_that_has_learnt_nothing_is_not_apart():
    assert readings.apart(losses([2.2] * 40, [3.0] * 40)) is None


def test_a_plain_net_that_is_not_finite_is_not_apart():
    assert readings.apart(losses([1.5] * 40, [None] * 40)) is None


def test_too_few_steps_are_not_apart():
    assert readings.apart(losses([1.5] * 9, [2.5] * 9)) is None


@pytest.mark.parametrize(
    ("norms", "key"),
    [
        ([900.0, 904.0, 11.0, 0.4, 0.1], "readings.explodes"),
        ([1e-4, 1e-4, 0.1, 1.0, 0.1], "readings.vanishes"),
        ([8e-11, 7.7e-11, 9e-11, 2e-10, 1e-9], "readings.vanished"),
        ([0.0, 0.0, 0.0, 0.0, 0.0], "readings.zero"),
        ([3e4, 3.6e4, 1.4e5, 2.6e5, 1.0], "readings.huge"),
        ([2.0, 2.6, 0.6, 0.36, 0.4], "readings.moderate"),
        ([None, None, 0.6, 0.36, 0.4], "readings.not_finite"),
        ([1.0, 1.0, 0.6, 0.0, 0.4], "readings.some_zero"),
        ([0.3, 0.0, 0.0, 0.0, 0.4], "readings.some_zero"),
        ([0.3, None, 0.0, 0.0, 0.4], "readings.not_finite"),
    ],
)
def test_gradient_flow_in_words(norms, key):
    reading = readings.gradient_flow({"weight_gradient": norms})
    assert reading.words.key == key
    assert str(reading.words) and str(reading.rule)
