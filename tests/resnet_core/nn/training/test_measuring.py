"""A run that measures: at initialisation, after training, from other weights; once each."""

import json
from dataclasses import replace

import pytest

from resnet_core import runs
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig

pytestmark = pytest.mark.tf

pytest.importorskip("tensorflow")
from resnet_core.nn.training.arms import Arm  # noqa: E402
from resnet_core.nn.training.loop import Training  # noqa: E402
from resnet_core.nn.training.output.record import Record  # noqa: E402
from resnet_core.nn.training.starting_weights import WeightsError  # noqa: E402

TRAIN = TrainConfig(steps=2, batch=8, learning_rate=0.02, evaluate_images=8)
TRAINED = Experiment.twins("measured", NetConfig(depth=8, width=4), TRAIN, dataset="synthetic")
READING = replace(TRAINED, train=replace(TRAIN, steps=0), measure=("shatter",))


@pytest.fixture
def run_through(own_home, tmp_path):
    """`run_through(experiment)`: the run, trained and measured in this process."""

    def through(experiment: Experiment, run: runs.Run | None = None) -> runs.Run:
        run = run or runs.create(experiment, root=tmp_path)
        log = runs.Log(run.folder)
        training = Training(Record(run, log), lambda e, name: Arm(e.arms[name], e.train))
        try:
            training.go()
        finally:
            training.close()
            log.close()
        return run

    return through


def test_a_run_of_no_steps_measures_each_arm_and_trains_nothing(run_through):
    run = run_through(READING)
    past = runs.history(run.folder)
    assert past.of("step") == [] and past.of("eval") == [] and past.end["status"] == "done"
    assert [(e["name"], e["arm"], e["step"]) for e in past.of("diagnostic")] == [
        ("shatter", "residual", 0),
        ("shatter", "plain", 0),
    ]
    assert not (run.folder / runs.CHECKPOINTS).exists()


def test_a_run_measures_after_its_last_step_and_its_weights_can_be_measured_again(run_through):
    run = run_through(replace(TRAINED, measure=("shatter",)))
    measured = runs.history(run.folder).of("diagnostic")
    assert [e["step"] for e in measured] == [2, 2]
    again = runs.history(run_through(replace(READING, weights=run.id)).folder)
    assert again.started["weights"] == {"source": run.id, "step": 2}
    for event, later in zip(measured, again.of("diagnostic"), strict=True):
        assert later["figures"] == event["figures"]
    at_first = runs.history(run_through(READING).folder).of("diagnostic")
    assert [e["figures"] for e in at_first] != [e["figures"] for e in measured]


def test_what_was_measured_before_a_worker_died_is_not_measured_again(run_through):
    run = run_through(READING)
    lines = (run.folder / runs.EVENTS).read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if json.loads(line).get("arm") != "plain"][:-1]
    (run.folder / runs.EVENTS).write_text("".join(kept), "utf-8")
    past = runs.history(run_through(READING, run).folder)
    assert [e["arm"] for e in past.of("diagnostic")] == ["residual", "plain"]


def test_weights_that_are_not_there_or_do_not_fit_are_refused_with_a_sentence(run_through):
    with pytest.raises(WeightsError, match="has kept no weights"):
        run_through(replace(READING, weights="20260101-000000-nothing-0000"))
    run = run_through(TRAINED)
    wider = Experiment.twins("wider", NetConfig(8, 8), READING.train, dataset="synthetic")
    with pytest.raises(WeightsError, match="its layers differ"):
        run_through(replace(wider, weights=run.id))
    with pytest.raises(WeightsError, match="No trained weights come with the app"):
        run_through(replace(wider, weights="shipped"))
