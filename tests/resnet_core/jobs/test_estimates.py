"""Estimates: typical seconds against the bench's figures, then this machine's own."""

import json
from dataclasses import replace

import pytest

from base import folders
from resnet_core import jobs, runs
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.jobs import estimates as estimating


def twins(depth=20, width=8, batch=64, precision="float32", steps=100, arms=2) -> Experiment:
    net = NetConfig(depth, width)
    train = TrainConfig(steps=steps, batch=batch, precision=precision)
    return Experiment("e", {f"arm{k}": net for k in range(arms)}, train, "synthetic")


@pytest.mark.parametrize(
    ("depth", "width", "precision", "batch", "arms", "images_s"),
    [
        (56, 8, "float32", 64, 2, 564),
        (56, 8, "bfloat16", 64, 2, 736),
        (20, 16, "float32", 128, 2, 687),
        (20, 16, "bfloat16", 128, 2, 1080),
        (20, 16, "float32", 128, 1, 601),
        (20, 8, "float32", 128, 1, 1205),
        (56, 8, "float32", 128, 1, 463),
        (56, 16, "float32", 128, 1, 229),
        (110, 8, "float32", 128, 1, 214),
        (110, 16, "float32", 128, 1, 94),
        (8, 8, "float32", 128, 1, 3119),
        (8, 16, "float32", 128, 1, 1536),
        (8, 8, "bfloat16", 128, 1, 3520),
        (8, 16, "bfloat16", 128, 1, 2467),
        (56, 16, "bfloat16", 128, 1, 275),
        (110, 8, "bfloat16", 128, 1, 314),
        (20, 16, "float32", 32, 1, 474),
    ],
)
def test_typical_seconds_are_those_of_the_bench_within_30_percent(
    depth, width, precision, batch, arms, images_s
):
    """Images a second of all arms together, from docs/bench.md."""
    experiment = twins(depth, width, batch, precision, arms=arms)
    expected = arms * batch / images_s
    assert estimating.typical_step_seconds(experiment) == pytest.approx(expected, rel=0.3)


def history(run: runs.Run, step_s: float, steps: int) -> runs.History:
    events = [
        {"kind": "step", "arm": arm, "step": k, "loss": 1.0, "elapsed_s": 5 + k * step_s}
        for k in range(steps)
        for arm in run.experiment.arms
    ]
    return runs.History().add(events)


def test_a_configuration_that_was_measured_is_estimated_from_its_own_seconds(own_home):
    """Another configuration gets this machine's factor; a short net does not slow a deep one."""
    folders.home().mkdir(parents=True)
    deep, small = twins(56), twins(8)
    assert jobs.estimate(deep).basis == "typical"
    for experiment, times in ((deep, 2.0), (small, 3.0)):
        run = runs.create(experiment)
        typical = estimating.typical_step_seconds(experiment)
        jobs.note_speed(run, history(run, times * typical, 30))
    measured = jobs.estimate(deep)
    steps = 100 * 2.0 * estimating.typical_step_seconds(deep)
    assert measured.basis == "measured" and measured.seconds == pytest.approx(steps, rel=0.4)
    other = twins(20)
    assert jobs.estimate(other).basis == "machine"
    difference = jobs.estimate(twins(20, steps=1100)).seconds - jobs.estimate(other).seconds
    assert difference == pytest.approx(1000 * 2.5 * estimating.typical_step_seconds(other))


def test_what_is_left_follows_the_pace_of_the_run_itself(own_home):
    run = runs.create(twins(steps=100))
    past = history(run, 0.7, 40)
    ending = jobs.remaining(run, history(run, 0.7, 100))
    assert jobs.remaining(run, past) - ending == pytest.approx(60 * 0.7)


@pytest.mark.parametrize("pause_at", [12, 38])
def test_a_pause_does_not_change_the_pace(own_home, pause_at):
    run = runs.create(twins())
    past = history(run, 0.7, 40)
    for event in past.events:
        if event["step"] >= pause_at:
            event["elapsed_s"] += 500
    assert estimating.pace(past) == pytest.approx(0.7)


@pytest.mark.parametrize(
    "damage",
    ["", "[]", '{"macs_s": 1e10}', '{"known": {"x": {"step_s": -1, "factor": 1}}}', "[" * 9999],
)
def test_a_damaged_or_older_file_of_speeds_is_none(own_home, damage):
    folders.home().mkdir(parents=True)
    (folders.home() / estimating.SPEED_FILE).write_text(damage)
    assert jobs.estimate(twins()).basis == "typical"
    run = runs.create(twins())
    jobs.note_speed(run, history(run, 0.7, 40))
    assert json.loads((folders.home() / estimating.SPEED_FILE).read_text())["known"]


def test_seeds_cost_their_steps_again_and_the_start_once(own_home):
    one = twins(20)
    five = replace(one, seeds=5)
    steps_s = one.train.steps * estimating.typical_step_seconds(one)
    first, all_five = jobs.estimate(one).seconds, jobs.estimate(five).seconds
    assert first + 4 * steps_s < all_five < 5 * first


def test_what_remains_counts_the_seeds_to_come(own_home):
    run = runs.create(replace(twins(8, steps=30), seeds=2))
    past = runs.History().add([{"kind": "started", "seed": 0, "from_step": 0}])
    past.add(history(run, 2.0, 30).events)
    past.add([{"kind": "started", "seed": 1, "from_step": 0}])
    assert past.trained == 30
    assert 60 < jobs.remaining(run, past) < 80  # 30 steps of 2 s, and the evaluation


def test_a_seed_that_diverged_has_no_steps_to_go(own_home):
    run = runs.create(replace(twins(8, steps=30), seeds=2))
    past = runs.History().add([{"kind": "started", "seed": 0, "from_step": 0}])
    past.add(history(run, 2.0, 10).events)
    past.add([{"kind": "step", "arm": "plain", "step": 10, "loss": None, "elapsed_s": 20.0}])
    past.add([{"kind": "started", "seed": 1, "from_step": 0}])
    assert 60 < jobs.remaining(run, past) < 80  # the 30 steps of the second seed alone


def test_evaluations_between_steps_take_their_time(own_home):
    once = twins(20, steps=100)
    often = replace(once, train=replace(once.train, evaluate_every=10))
    image_s = estimating._image_seconds(once)
    more = jobs.estimate(often).seconds - jobs.estimate(once).seconds
    assert more == pytest.approx(9 * once.train.evaluate_images * image_s)


@pytest.mark.parametrize(("images", "expected"), [(16, 16), (500, None), (10_000, 10_000)])
def test_the_closing_evaluation_takes_what_is_asked_for_or_what_fits(own_home, images, expected):
    deep = twins(110)
    asked = replace(deep, train=replace(deep.train, evaluate_images=images))
    closing = estimating._closing_seconds(asked)
    per_image = estimating._image_seconds(asked)
    assert closing == pytest.approx(per_image * expected if expected else estimating.CLOSING_S)


@pytest.mark.parametrize(("cores", "waits"), [(1, False), (2, True), (8, False)])
def test_a_single_net_waits_for_another_worker_where_that_shares_the_cores_differently(
    own_home, monkeypatch, cores, waits
):
    monkeypatch.setattr(estimating.machine_speed, "cores", lambda: cores)
    monkeypatch.setattr(estimating, "worker_state", lambda: "ready")
    assert (estimating._import_seconds(1) > 0) == waits
    assert estimating._import_seconds(2) == 0


def test_runs_of_the_same_precision_say_more_than_others(own_home):
    folders.home().mkdir(parents=True)
    for precision, times in (("float32", 1.0), ("bfloat16", 4.0)):
        run = runs.create(twins(8, precision=precision))
        step_s = times * estimating.typical_step_seconds(run.experiment)
        jobs.note_speed(run, history(run, step_s, 30))
    assert estimating._factor(twins(20, precision="float32"))[0] == pytest.approx(1.0, rel=0.01)
    assert estimating._factor(twins(20, precision="bfloat16"))[0] == pytest.approx(4.0, rel=0.01)
