"""The benchmark: rounds, ratios and what it says of them. One test races real contenders."""

import io
import json

import pytest

from resnet_core.bench import run
from resnet_core.bench.case import Case

TINY = Case(depth=8, width=4, batch=16)


def row(name: str, images_s: float, loss: float = 2.0) -> run.Row:
    return run.Row(name, images_s, 1.0, 10**9, loss)


def result(**speeds: float) -> run.Result:
    rows = {name: row(name, speed) for name, speed in speeds.items()}
    return run.Result(Case(), rows, [], 20)


def test_the_share_of_the_peak_counts_three_passes():
    """ResNet-20: 40.55 M multiply-adds an image forward (FIELD's table), thrice in training."""
    products = 10.0  # a second
    share = result(peak=products * 128, ours=500.0).share_of_peak(row("ours", 500.0))
    assert share == pytest.approx(500 * 3 * 40.55e6 / (products * 2048**3), rel=1e-3)
    assert result(ours=500.0).share_of_peak(row("ours", 500.0)) is None


def test_losses_agree_within_the_noise_of_seeds_and_not_beyond():
    noise = run.Noise(mean=2.0, spread=0.1, seeds=3)
    assert noise.agrees(row("near", 1.0, loss=2.39)) and not noise.agrees(
        row("far", 1.0, loss=2.41)
    )
    calm = run.Noise(mean=2.0, spread=0.0, seeds=3)
    assert calm.agrees(row("near", 1.0, loss=2.1))
    told = calm.sentence(run.Result(Case(), {"fit": row("fit", 1.0, loss=3.0)}, [], 20))
    assert "not the same: fit" in told


def test_a_fit_goes_the_way_that_was_found_fastest_and_others_stay():
    way = "XLA, tf.data"
    chosen = run.fitted(run.CONTENDERS, way)
    assert chosen["fit recording"].options == {"record": True, "jit": True, "arrays": False}
    assert chosen["torch"] == run.CONTENDERS["torch"]


def test_cases_go_to_their_process_and_come_back():
    case = Case(56, 8, 64, "bfloat16", source="/somewhere")
    assert Case.from_json(case.to_json()) == case
    assert case.experiment(arms=2, record=True).train.flow_every == 1
    assert len(case.experiment(arms=2).arms) == 2


def test_all_contenders_see_the_same_kind_of_batches():
    images, labels = next(TINY.batches())
    assert images.shape == (16, 32, 32, 3) and images.dtype == "float32"
    assert abs(images.mean()) < 1.0 and labels.shape == (16,)


def test_a_gate_lets_through_as_many_steps_as_were_asked_for():
    from resnet_core.nn.bench.gate import Ended, Gate

    told = io.StringIO()
    gate = Gate(io.StringIO('{"steps": 2}\n{"steps": 1}\n'), told)
    for loss in (3.0, 2.5, 2.0):
        gate.passed(loss)
    with pytest.raises(Ended):
        gate.passed(1.5)
    answers = [json.loads(line) for line in told.getvalue().splitlines()]
    assert [answer["losses"] for answer in answers] == [[3.0], [2.5, 2.0], [1.5]]


def test_a_contender_that_dies_is_named(monkeypatch):
    from resnet_core.bench import process

    with pytest.raises(process.Died, match="nobody ended with 1"):
        process.Process("nobody", "no_such_module", {}, TINY)


@pytest.mark.tf
@pytest.mark.slow
def test_a_race_of_real_contenders_in_the_terminal(tmp_path, monkeypatch, capsys, cifar_sample):
    from resnet_core.__main__ import main

    monkeypatch.setenv("RESIDUAL_HOME", str(tmp_path))
    monkeypatch.setattr(run.Contender, "missing", property(lambda one: one.needs == "torch"))
    ways = {name: run.FIT_WAYS[name] for name in ("no XLA, arrays", "XLA, tf.data")}
    monkeypatch.setattr(run, "FIT_WAYS", ways)
    asked = "bench --depth 8 --width 4 --batch 16 --dtype float32 --rounds 2 --seconds 0.2"
    asked += f" --steps 40 --seeds 2 --data {cifar_sample} --only peak ours fit torch --json"
    monkeypatch.setattr("sys.argv", ["resnet_core", *asked.split()])
    assert main() == 0
    pairs = {pair["peer"]: pair for pair in json.loads(capsys.readouterr().out)}
    fit, torch = pairs["fit"], pairs["torch"]
    assert fit["pairs"] == 2 and fit["ratio_min"] <= fit["ratio_median"] <= fit["ratio_max"]
    assert fit["images_s"] > 0 and 0 < fit["share_of_peak"] < 2 and fit["loss"] > 0
    assert fit["steps"] >= 40
    assert torch["peer_missing"] and torch["ratio_median"] is None and torch["pairs"] == 0
