"""Measures that claims bring with them, on events made by hand."""

from importlib import import_module

import pytest

from resnet_core import runs
from resnet_core.claims import Evidence
from tests.resnet_core.claims.test_claims import evidence


def test_the_lag_is_the_loss_by_the_averages_minus_that_by_the_batch_at_the_nets_own_weights():
    measure = import_module("resnet_core.claims.each.batchnorm.moving_averages_lag_behind").lag("a")
    figures = {"at": [-1.0, 0.0, 1.0], "moving": [9.0, 2.5, 9.0], "batch": [8.0, 2.0, 8.0]}
    past = runs.History()
    past.add([{"kind": "diagnostic", "arm": "a", "name": "loss_slice", "figures": figures}])
    assert measure(Evidence([past])) == pytest.approx(0.5)


def test_small_batches_are_compared_over_as_many_images_as_large_ones():
    each = import_module("resnet_core.claims.each.batchnorm.batch_of_two_spoils_batchnorm")
    small, large = (one.train for one in each.CLAIM.experiments)
    assert small.batch * small.steps == large.batch * large.steps
    assert small.learning_rate / small.batch == pytest.approx(large.learning_rate / large.batch)
    losses = {"two-8": [9.0] * 100 + [2.5] * 320, "sixty-four-8": [9.0] * 5 + [2.0] * 10}
    assert each.dearer("two-8", "sixty-four-8")(evidence(losses)) == pytest.approx(0.5)
