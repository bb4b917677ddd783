"""Weights that ship: made from a run, small, as accurate as they were, found by their net."""

import json

import numpy as np
import pytest

from resnet_core import runs, shipped
from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.runs import checkpoints
from resnet_core.shipped import catalogue, making

NET = NetConfig(8, 4)
KERNEL = np.linspace(-0.2, 0.2, 3 * 3 * 3 * 4, dtype=np.float32).reshape(3, 3, 3, 4)
VARIANCE = np.array([1e5, 1.0, 2.0, 3.0], np.float32)


@pytest.fixture
def run(own_home):
    """A run that was trained for three steps, with its checkpoint."""
    run = runs.create(Experiment("x", {"net": NET}, TrainConfig(steps=3)))
    log = runs.Log(run.folder)
    facts = {"arms": {"net": {"layers": []}}, "data": {"label": "synthetic", "fingerprint": "ab"}}
    log.write("started", from_step=0, **facts)
    for step, loss in enumerate((3.0, 2.0, 1.0)):
        log.write("step", arm="net", step=step, loss=loss, accuracy=0.1, learning_rate=0.1,
                  elapsed_s=1.0)  # fmt: skip
    log.close()
    arrays = {"net/w0": KERNEL, "net/w1": VARIANCE, "net/v0": KERNEL}
    checkpoints.save(run.folder / runs.CHECKPOINTS, 3, arrays)
    return run


def test_a_run_becomes_two_files_that_are_found_by_their_net(run, tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "FILES", tmp_path)
    shipped.known.cache_clear()
    step, weights = making.last_weights(run, "net")
    making.write(tmp_path, NET, weights, making.facts(run, "net", step, 0.91234, 10_000))
    found = shipped.find(NetConfig(8, 4, init="glorot"))
    shipped_weights = shipped.arrays(found)
    shipped.known.cache_clear()
    assert found.name == "resnet-8-w4" and found.steps == 3 and found.data == "synthetic"
    assert (found.accuracy, found.images) == (0.9123, 10_000)
    assert found.recipe["learning_rate"] == 0.1 and found.recipe["seed"] == 0
    assert found.curve == ((0, 3.0), (1, 2.0), (2, 1.0))
    assert np.allclose(shipped_weights[0], KERNEL, atol=2e-4) and len(shipped_weights) == 2
    assert np.array_equal(shipped_weights[1], VARIANCE), "float16 ends at 65,504"


def test_a_run_without_a_checkpoint_cannot_ship(own_home):
    empty = runs.create(Experiment("x", {"net": NET}))
    with pytest.raises(making.NotShippable, match="no checkpoint"):
        making.last_weights(empty, "net")


def test_a_curve_is_short_however_long_the_run(run):
    past = runs.History().add(
        {"kind": "step", "arm": "net", "step": k, "loss": 1.0, "accuracy": 0.0,
         "learning_rate": 0.1, "elapsed_s": 1.0}
        for k in range(9000)
    )  # fmt: skip
    curve = making.curve(past, "net", 9000)
    assert len(curve) <= making.CURVE_POINTS and curve[-1] == (8999, 1.0)


def test_the_twins_ship_with_recipe_data_accuracy_and_about_a_megabyte_each():
    nets = {one.net.skip: one for one in shipped.known()}
    assert set(nets) == {True, False}
    for skip, one in nets.items():
        assert one.net == NetConfig(20, 16, skip) and shipped.find(one.net) is one
        weights = shipped.arrays(one)
        trained = sum(w.size for w in weights)
        # Trainable ones, and two moving averages for each gamma and beta.
        norms = sum(w.size for w in weights if w.ndim == 1) - one.net.classes
        assert trained == arithmetic.parameters(one.net) + norms // 2
        assert (shipped.FILES / f"{one.name}.npz").stat().st_size < 1_500_000
        assert one.images == 10_000 and 0.1 < one.accuracy < 1.0 and one.curve
        assert json.dumps(one.recipe) and one.data
