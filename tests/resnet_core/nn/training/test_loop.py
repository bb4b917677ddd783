"""The loop itself, step by step in this process."""

import threading

import pytest

from resnet_core import runs
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig

pytestmark = pytest.mark.tf

pytest.importorskip("tensorflow")
from resnet_core.nn.training.arms import Arm  # noqa: E402
from resnet_core.nn.training.loop import Training  # noqa: E402

TRAIN = TrainConfig(steps=4, batch=8, learning_rate=0.02, evaluate_images=8, flow_every=2)
EXPERIMENT = Experiment.twins("loop", NetConfig(depth=8, width=4), TRAIN, dataset="synthetic")


class Watched(Arm):
    """Notes who steps at the same time, and whether it was traced by then."""

    inside, together, lock = 0, {True: 0, False: 0}, threading.Lock()

    def step(self, images, labels, rate, *, flow):
        traced = self.is_traced(flow)
        with Watched.lock:
            Watched.inside += 1
            most = max(Watched.together[traced], Watched.inside)
            Watched.together[traced] = most
        seen = super().step(images, labels, rate, flow=flow)
        with Watched.lock:
            Watched.inside -= 1
        return seen


@pytest.fixture
def training(tmp_path, monkeypatch):
    monkeypatch.setenv("RESIDUAL_HOME", str(tmp_path / "home"))
    run = runs.create(EXPERIMENT, root=tmp_path)
    log = runs.Log(run.folder)
    made = Training(run, log, lambda experiment, name: Watched(experiment.arms[name], TRAIN))
    yield made
    made.close()
    log.close()


def test_the_first_step_comes_untraced_and_in_turn_and_the_others_traced(training):
    training.begin()
    assert training.advance()
    first = dict(training.seen)
    assert Watched.together[False] == 1, "eager steps side by side corrupt memory"
    assert not any(arm.is_traced(flow=True) for arm in training.arms.values())
    while training.advance():
        pass
    assert Watched.together[False] == 1 and training.step == 4
    assert all(arm.is_traced(flow) for arm in training.arms.values() for flow in (True, False))
    states = [e.get("state") for e in runs.history(training.run.folder).of("state")]
    assert states[0] == "building" and states.count("tracing") == 4 and states[-1] == "running"
    losses = runs.history(training.run.folder).of("step", "plain")
    assert losses[0]["loss"] == pytest.approx(first["plain"].loss, rel=1e-3)


def test_a_run_asked_to_stop_takes_no_further_step(training):
    training.begin()
    training.advance()
    runs.set_wish(training.run.folder, want="stop")
    assert not training.advance() and training.stopped and training.step == 1


def test_the_speed_of_an_arm_is_that_of_its_own_step(training):
    training.begin()
    training.advance()
    events = runs.history(training.run.folder).of("step")
    for event in events:
        expected = TRAIN.batch / training.seen[event["arm"]].seconds
        assert event["images_s"] == pytest.approx(expected, rel=1e-3)
