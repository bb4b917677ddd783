"""A fine-tuning run from its source to its end, on a few images in this process."""

from dataclasses import replace

import numpy as np
import pytest

from resnet_core import runs
from resnet_core.data import lent
from resnet_core.data.cifar import Dataset
from resnet_core.experiment.config import NetConfig, TrainConfig, Way
from resnet_core.experiment.fine_tuning.comparisons import comparison
from resnet_core.runs import sources

pytestmark = pytest.mark.tf

pytest.importorskip("tensorflow")
from resnet_core.nn.training.fine_tuning.classes import of_classes  # noqa: E402
from resnet_core.nn.training.workers import one_run  # noqa: E402
from resnet_core.nn.training.workers.arm_cache import ArmCache  # noqa: E402

TRAIN = TrainConfig(
    steps=6, batch=4, learning_rate=0.02, evaluate_images=20, evaluate_every=3,
    checkpoint_every=2, flow_every=10,
)  # fmt: skip
WAYS = {"frozen": Way("head"), "moved": Way("all", head_first=2, norms="batch")}
EXPERIMENT = comparison(
    "move", WAYS, TRAIN, net=NetConfig(8, 4), dataset="synthetic", images=24, source_steps=4
)


@pytest.fixture(scope="module")
def images() -> Dataset:
    rng = np.random.default_rng(0)
    labels = (np.arange(120) % 10).astype(np.uint8)
    pixels = rng.integers(0, 256, (120, 32, 32, 3)).astype(np.uint8) // 2 + labels[
        :, None, None, None] * 12  # fmt: skip
    names = tuple(f"class {one}" for one in range(10))
    return Dataset("synthetic", "few", False, "f" * 16, names, pixels, labels, pixels, labels)


@pytest.fixture(scope="module")
def cache() -> ArmCache:
    """Return one cache for all tests, so that nothing is traced twice."""
    return ArmCache(6)


@pytest.fixture
def trained(own_home, tmp_path, images, cache):
    """`trained(experiment or run, park_at)`: the run, after this process has worked on it."""

    def work(experiment=EXPERIMENT, run=None, parks=lambda: False) -> runs.Run:
        run = run or runs.create(experiment, root=tmp_path)
        with lent.instead(images):
            one_run.train(run, cache, parks)
        return run

    return work


def states(run: runs.Run) -> list[str]:
    """Return the states of a run in the order of its log, those before its start as well."""
    return [e["state"] for e in runs.read_events(run.folder)[0] if e["kind"] == "state"]


def losses(past: runs.History, arm: str) -> list[float]:
    return [event["loss"] for event in past.of("step", arm)]


def test_a_run_tells_what_was_learned_forgotten_and_trained(trained):
    run = trained()
    past = runs.history(run.folder)
    assert past.end["status"] == "done" and past.step == TRAIN.steps
    facts = past.started["data"]
    assert facts["class_names"] == [f"class {one}" for one in (6, 7, 8, 9)]
    assert facts["train_images"] == 24 and facts["label"] == "few"
    assert [len(event["of"]) for event in past.of("eval", "moved")] == [4, 4]
    counts = {event["arm"]: event["parameters"] for event in past.of("thawed")}
    assert counts["frozen"] == 4 * 16 + 4 < counts["moved"]
    known = {arm: past.of("memory", arm)[-1] for arm in WAYS}
    assert known["frozen"]["accuracy"] == known["frozen"]["before"]
    assert known["moved"]["before"] == known["frozen"]["before"]
    assert losses(past, "frozen")[:2] == pytest.approx(losses(past, "moved")[:2], rel=1e-3)


def test_the_source_is_trained_once_and_then_kept(trained):
    first, again = trained(), trained()
    assert "source" in states(first) and "source" not in states(again)
    for arm in WAYS:
        before, after = (losses(runs.history(run.folder), arm) for run in (first, again))
        assert after == pytest.approx(before, rel=1e-3)


def test_an_arm_from_scratch_needs_no_source_and_forgets_nothing(trained):
    scratch = {"scratch": Way(norms="batch", pretrained=False)}
    run = trained(comparison("scratch", scratch, replace(TRAIN, steps=1), net=NetConfig(8, 4),
                             dataset="synthetic"))  # fmt: skip
    past = runs.history(run.folder)
    assert past.end["status"] == "done" and past.of("memory") == []
    assert sources.missing(run.experiment) == []


def test_a_run_that_is_parked_between_its_phases_goes_on_as_if_nothing_had_happened(trained):
    whole = runs.history(trained().folder)
    seen = iter([False] * 4)  # four steps, then the worker is asked to end
    run = trained(parks=lambda: next(seen, True) is not False)
    assert runs.status(run.folder).name == "paused"
    assert runs.history(run.folder).step == 4
    trained(run=run)
    past = runs.history(run.folder)
    assert past.end["status"] == "done"
    for arm in WAYS:
        assert losses(past, arm) == pytest.approx(losses(whole, arm), rel=2e-3)


@pytest.mark.parametrize(("asked", "status"), [("stop", "stopped"), ("park", "paused")])
def test_a_source_that_is_interrupted_is_begun_again_and_not_kept(trained, tmp_path, asked, status):
    run = runs.create(replace(EXPERIMENT, seed=7), root=tmp_path)
    if asked == "stop":
        runs.request(run.folder, command="stop")
    trained(run=run, parks=lambda: asked == "park")
    assert runs.status(run.folder).name == status
    assert sources.missing(run.experiment) != []
    runs.request(run.folder, command="run")
    trained(run=run)
    assert runs.history(run.folder).end["status"] == "done"


def test_the_new_images_are_equally_many_of_each_class_and_drawn_by_the_seed(images):
    first, again, other = (of_classes(images, (8, 3), 10, seed) for seed in (0, 0, 1))
    assert np.bincount(first.train_labels).tolist() == [5, 5]
    assert first.class_names == ("class 8", "class 3")
    assert np.array_equal(first.train_images, again.train_images)
    assert not np.array_equal(first.train_images, other.train_images)
    assert first.fingerprint == again.fingerprint != other.fingerprint
    whole = of_classes(images, (8, 3))
    assert len(whole.train_images) == 24 and set(whole.test_labels) == {0, 1}
    assert np.array_equal(whole.test_images[whole.test_labels == 0],
                          images.test_images[images.test_labels == 8])  # fmt: skip
