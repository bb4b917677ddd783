"""Several seeds trained one after the other: each as if it were alone, killed and resumed too."""

import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from resnet_core import runs
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.experiment.measuring import measured
from resnet_core.runs import checkpoints

pytestmark = pytest.mark.tf

pytest.importorskip("tensorflow")
from resnet_core.nn.training import starting_weights  # noqa: E402
from resnet_core.nn.training.loop import Training  # noqa: E402
from resnet_core.nn.training.output.record import Record  # noqa: E402
from resnet_core.nn.training.workers import one_run  # noqa: E402
from resnet_core.nn.training.workers.arm_cache import ArmCache  # noqa: E402

TRAIN = TrainConfig(
    steps=6, batch=8, learning_rate=0.02, evaluate_images=8, flow_every=3, checkpoint_every=2
)
NET = NetConfig(depth=8, width=4)
TWO = Experiment("two", {"plain": NET}, TRAIN, dataset="synthetic", seed=5, seeds=2)


class Killed(Exception):  # noqa: N818 - it stands for a signal
    """Ends a training as `kill -9` would: nothing more is written."""


@pytest.fixture(scope="module")
def cache():
    return ArmCache(2)


@pytest.fixture
def train(own_home, cache):
    """`train(run, ends)`: train on as the worker does; `ends(training)` may end it at a step."""

    def trained(run: runs.Run, ends=lambda training: None) -> runs.History:
        log = runs.Log(run.folder)
        record = Record(run, log)
        try:
            while True:
                training = Training(record, cache.arm_for)
                try:
                    while True:
                        ends(training)
                        if not training.advance():
                            break
                    training._finish()
                finally:
                    training.close()
                if training.stopped or not record.next_seed():
                    break
        except Killed:
            pass
        finally:
            log.close()
        return runs.history(run.folder)

    return trained


@pytest.fixture
def gone(monkeypatch):
    """The seeds whose weights are no numbers at their fourth step."""
    seeds, one_step = set(), Training._one_step

    def spoilt(training):
        if training.record.run.experiment.seed in seeds and training.record.step == 3:
            for arm in training.arms.values():
                arm.take([weights * float("nan") for weights in arm.model.get_weights()])
        one_step(training)

    monkeypatch.setattr(Training, "_one_step", spoilt)
    return seeds


@pytest.fixture
def worked(own_home, cache):
    """`worked(run)`: train the run as the worker does, to its end."""

    def trained(run: runs.Run) -> runs.History:
        log = runs.Log(run.folder)
        try:
            one_run._train_recorded(Record(run, log), cache, lambda: False)
        finally:
            log.close()
        return runs.history(run.folder)

    return trained


def losses(past):
    return [e["loss"] for e in past.of("step", "plain")]


def test_a_later_seed_trains_as_it_would_alone(train):
    past = train(runs.create(TWO))
    alone = train(runs.create(TWO.of_seed(6)))
    assert [(one.seed, one.step) for one in past.by_seed] == [(5, 6), (6, 6)]
    assert past.end["status"] == "done" and past.trained == TWO.all_steps
    assert losses(past) == pytest.approx(losses(alone), rel=1e-6)
    assert losses(past) != losses(past.finished[0])
    assert all(len(one.of("eval")) == 1 for one in past.by_seed)
    assert alone.started.get("seed") is None and alone.of("step")[0].get("seed") is None


def test_a_run_killed_in_its_second_seed_goes_on_there_with_the_changes_of_the_first(train):
    """The rate is changed at step 3 of the first seed; the second is killed at step 5."""
    run, changed = runs.create(TWO), []

    def ends(training):
        if training.record.trained == 3:
            runs.request(run.folder, learning_rate=0.1)
        if training.record.trained == 11 and not changed:
            changed.append(True)
            raise Killed

    killed = train(run, ends)
    assert killed.end is None and (killed.seed, killed.step) == (6, 5)
    past = train(run, ends)
    assert past.started["from_step"] == 4 and past.end["status"] == "done"
    for one in past.by_seed:
        rates = [e["learning_rate"] for e in one.of("step")]
        assert rates == [0.02] * 3 + [0.1] * 3 and one.step == 6
    assert losses(past)[:5] == pytest.approx(losses(killed), rel=2e-3)


def test_a_run_killed_between_two_seeds_goes_on_with_the_next(train, monkeypatch):
    run, next_seed = runs.create(TWO), Record.next_seed

    def killed(record):
        monkeypatch.setattr(Record, "next_seed", next_seed)
        raise Killed

    monkeypatch.setattr(Record, "next_seed", killed)
    broken_off = train(run)
    assert broken_off.seed_done and broken_off.end is None
    past = train(run)
    assert [(one.seed, one.step) for one in past.by_seed] == [(5, 6), (6, 6)]
    assert not past.finished[0].resumed and past.end["status"] == "done"


def test_a_seed_that_diverges_is_marked_and_the_next_trains_as_it_would_alone(worked, train, gone):
    gone.add(5)
    run = runs.create(TWO)
    past = worked(run)
    alone = train(runs.create(TWO.of_seed(6)))
    assert [(one.seed, one.step) for one in past.by_seed] == [(5, 4), (6, 6)]
    assert [one.diverged for one in past.by_seed] == [["plain"], []]
    assert past.end["status"] == "done" and past.behind(6) == TWO.all_steps
    assert losses(past) == pytest.approx(losses(alone), rel=1e-6)
    kept = checkpoints.latest(run.folder / runs.CHECKPOINTS, past.aside(5))
    assert kept is not None and kept[0] == 2, "its last checkpoint is from before"


def test_a_last_seed_that_diverges_ends_a_run_that_is_done(worked, gone):
    gone.add(6)
    past = worked(runs.create(TWO))
    assert past.end["status"] == "done" and past.diverged == ["plain"]
    assert not past.finished[0].diverged and past.finished[0].step == 6


def test_a_run_fails_if_every_seed_diverges_and_goes_on_with_its_last_one(worked, gone):
    gone.update((5, 6))
    run = runs.create(TWO)
    past = worked(run)
    assert past.end["status"] == "failed" and past.end["reason"]["key"] == "runs.diverged"
    gone.clear()
    again = worked(run)
    assert again.end["status"] == "done" and (again.step, again.diverged) == (6, [])
    assert again.finished[0].diverged == ["plain"]


def test_one_seed_alone_fails_as_before(worked, gone):
    gone.add(5)
    past = worked(runs.create(replace(TWO, seeds=1)))
    assert past.end["status"] == "failed" and past.end["reason"]["key"] == "runs.diverged"
    assert runs.SEED_DIVERGED not in [event["state"] for event in past.of("state")]


def test_what_is_measured_of_a_seed_starts_from_what_that_seed_kept(train, own_home, cache):
    run = runs.create(TWO)
    train(run)
    nets = {}
    for seed in (5, 6):
        nets[seed] = cache.arm_for(TWO.of_seed(seed), "plain")
        experiment = measured(TWO.arms, ("shatter",), weights=run.id, seed=seed)
        starting_weights.give(experiment, run.folder.parent, {"plain": nets[seed]})
        step, arrays = checkpoints.latest(
            run.folder / runs.CHECKPOINTS, runs.history(run.folder).aside(seed)
        )
        assert step == 6
        weights = nets[seed].model.get_weights()
        assert all((arrays[f"plain/w{i}"] == w).all() for i, w in enumerate(weights))
        nets[seed] = weights
    assert (nets[5][0] != nets[6][0]).any()


def test_one_step_at_a_time_rests_at_the_border_of_two_seeds_too(train, monkeypatch):
    """A pause until step 6 of all is one before the first step of the second seed."""
    run, rests = runs.create(TWO), []
    runs.request(run.folder, command="pause", until=6)

    def rest(seconds):
        rests.append((runs.history(run.folder).seed, runs.history(run.folder).step))
        runs.request(run.folder, command="run", until=0)

    clock = SimpleNamespace(sleep=rest, monotonic=time.monotonic)  # other threads sleep as ever
    monkeypatch.setattr("resnet_core.nn.training.steering.time", clock)
    assert train(run).end["status"] == "done"
    assert rests == [(6, 0)]


def test_tensorboard_has_a_run_for_each_seed(train):
    run = runs.create(TWO)
    train(run)
    names = {path.name for path in (run.folder / runs.SUMMARIES).iterdir()}
    assert names == {"plain-seed-5", "plain-seed-6"}
    alone = runs.create(replace(TWO, seeds=1))
    train(alone)
    assert {path.name for path in (alone.folder / runs.SUMMARIES).iterdir()} == {"plain"}


def test_of_a_long_run_some_gradient_flows_are_kept_the_first_and_the_last_among_them():
    from resnet_core.nn.training.output import summaries

    few = [{"step": step} for step in range(50)]
    assert summaries._spread_out(few) == few
    kept = [event["step"] for event in summaries._spread_out([{"step": s} for s in range(1000)])]
    assert len(set(kept)) == summaries.FLOWS and (kept[0], kept[-1]) == (0, 999)
