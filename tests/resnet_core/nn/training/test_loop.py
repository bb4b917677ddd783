"""The loop itself, step by step in this process."""

import threading
from dataclasses import asdict, replace

import pytest

from resnet_core import runs
from resnet_core.experiment.config import QUANTITIES, Experiment, NetConfig, TrainConfig
from resnet_core.experiment.surgery.change import Change
from resnet_core.experiment.surgery.cuts import WHOLE, Surgery
from resnet_core.runs import checkpoints
from resnet_core.runs.repeating import repeated

pytestmark = pytest.mark.tf

pytest.importorskip("tensorflow")
from resnet_core.nn.training import evaluation  # noqa: E402
from resnet_core.nn.training.arms import Arm  # noqa: E402
from resnet_core.nn.training.loop import Training  # noqa: E402
from resnet_core.nn.training.output.record import Record  # noqa: E402

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
def begin(own_home, tmp_path):
    """`begin(run)`: a training of the run in this process, from its checkpoint if it has one."""
    made = []

    def begun(run: runs.Run | None = None, experiment: Experiment = EXPERIMENT) -> Training:
        run = run or runs.create(experiment, root=tmp_path)
        log = runs.Log(run.folder)
        training = Training(Record(run, log), lambda e, name: Watched(e.arms[name], e.train))
        made.append((training, log))
        return training

    yield begun
    for training, log in made:
        training.close()
        log.close()


@pytest.fixture
def training(begin):
    return begin()


def test_the_first_step_comes_untraced_and_in_turn_and_the_others_traced(training):
    assert training.advance()
    first = dict(training.seen)
    assert Watched.together[False] == 1, "eager steps side by side corrupt memory"
    assert not any(arm.is_traced(flow=True) for arm in training.arms.values())
    while training.advance():
        pass
    assert Watched.together[False] == 1 and training.record.step == 4
    assert all(arm.is_traced(flow) for arm in training.arms.values() for flow in (True, False))
    states = [e.get("state") for e in runs.history(training.run.folder).of("state")]
    assert states[0] == "running" and states.count("tracing") == 4 and states[-1] == "running"
    losses = runs.history(training.run.folder).of("step", "plain")
    assert losses[0]["loss"] == pytest.approx(first["plain"].loss, rel=1e-3)


def test_a_run_asked_to_stop_takes_no_further_step(training):
    training.advance()
    runs.request(training.run.folder, command="stop")
    assert not training.advance() and training.stopped and training.record.step == 1


def test_the_speed_of_an_arm_is_that_of_its_own_step(training):
    training.advance()
    events = runs.history(training.run.folder).of("step")
    for event in events:
        expected = TRAIN.batch / training.seen[event["arm"]].seconds
        assert event["images_s"] == pytest.approx(expected, rel=1e-3)


LONGER = replace(EXPERIMENT, train=replace(TRAIN, steps=12, checkpoint_every=4))


def advance_to(training: Training, step: int) -> None:
    while training.record.step < step:
        assert training.advance()


def test_a_resumed_run_changes_its_rate_again_where_it_had_changed_it(begin):
    """Killed at step 7 with the rate changed at step 5, resumed from step 4: the same losses."""
    first = begin(experiment=LONGER)
    folder = first.run.folder
    advance_to(first, 5)
    runs.request(folder, learning_rate=0.1)
    advance_to(first, 7)
    before = [(e["step"], e["loss"], e["learning_rate"]) for e in runs.history(folder).of("step")]
    again = begin(first.run)
    assert again.record.step == 4
    advance_to(again, 7)
    past = runs.history(folder)
    after = [(e["step"], e["loss"], e["learning_rate"]) for e in past.of("step")]
    assert [one[0] for one in after] == [one[0] for one in before]
    assert [one[2] for one in after] == [one[2] for one in before]
    assert [o[1] for o in after] == pytest.approx([o[1] for o in before], rel=2e-3)
    assert [(e["step"], e["changed"]) for e in past.of("control")] == [(5, {"learning_rate": 0.1})]


def test_a_rate_that_was_asked_for_since_is_not_overruled_by_the_old_one(begin):
    first = begin(experiment=LONGER)
    advance_to(first, 5)
    runs.request(first.run.folder, learning_rate=0.1)
    advance_to(first, 6)
    runs.request(first.run.folder, learning_rate=0.004)
    again = begin(first.run)
    advance_to(again, 6)
    rates = [e["learning_rate"] for e in runs.history(first.run.folder).of("step", "plain")]
    assert rates == [0.02] * 4 + [0.004] * 2


def test_a_checkpoint_of_another_run_or_of_a_net_that_diverged_is_passed_over(begin):
    first = begin(experiment=LONGER)
    advance_to(first, 8)
    folder = first.run.folder / runs.CHECKPOINTS
    whole = {f"{n}/{k}": v for n, arm in first.arms.items() for k, v in arm.state().items()}
    diverged = whole | {"plain/w0": whole["plain/w0"] * float("nan")}
    foreign = {"stranger/w0": whole["plain/w0"]}
    for step, arrays in ((10, diverged), (11, foreign), (13, whole)):  # the run has 12 steps
        checkpoints.save(folder, step, arrays)
        assert begin(first.run).record.step == 8
        (folder / f"step-{step:08d}.npz").unlink()


def test_tensorboard_has_every_step_once_after_a_kill(begin):
    from tensorboard.backend.event_processing.event_file_loader import EventFileLoader

    first = begin(experiment=LONGER)
    advance_to(first, 7)
    again = begin(first.run)
    again.go()
    again.close()
    for arm in LONGER.arms:
        files = (first.run.folder / runs.SUMMARIES / arm).glob("events.out.*")
        found = [event for file in files for event in EventFileLoader(str(file)).Load()]
        by_tag: dict[str, list[int]] = {}
        for event in found:
            for value in event.summary.value:
                by_tag.setdefault(value.tag, []).append(event.step)
        assert by_tag["loss"] == list(range(12))
        layers = runs.history(first.run.folder).started["arms"][arm]["layers"]
        for quantity in QUANTITIES:
            assert all(by_tag[f"{quantity}/{layer}"] == list(range(0, 12, 2)) for layer in layers)


def test_the_first_gradient_flow_of_a_bfloat16_run_is_that_of_float32(begin):
    train = replace(TRAIN, steps=2, flow_every=1)
    full = begin(experiment=replace(EXPERIMENT, train=train))
    low = begin(experiment=replace(EXPERIMENT, train=replace(train, precision="bfloat16")))
    for training in (full, low):
        training.go()
    for arm in EXPERIMENT.arms:
        ours = runs.history(low.run.folder).of("flow", arm)
        theirs = runs.history(full.run.folder).of("flow", arm)
        assert [e["precision"] for e in ours] == ["float32", "bfloat16"]
        assert ours[0]["weight_gradient"] == pytest.approx(theirs[0]["weight_gradient"], rel=2e-3)
        assert ours[0]["update_ratio"] == pytest.approx(theirs[0]["update_ratio"], rel=2e-3)


def test_the_closing_evaluation_takes_all_images_that_fit_and_counts_them_by_class(
    begin, monkeypatch
):
    monkeypatch.setattr(evaluation, "CLOSING_S", 1e9)  # on any machine, however busy, all fit
    training = begin(experiment=replace(EXPERIMENT, train=replace(TRAIN, evaluate_images=100)))
    training.go()
    past = runs.history(training.run.folder)
    total = len(training.data.test_images)
    for arm in EXPERIMENT.arms:
        (found,) = past.of("eval", arm)
        assert found["images"] == total
        assert sum(found["of"]) == sum(found["said"]) == total
        assert sum(found["right"]) / total == pytest.approx(found["accuracy"], abs=1e-3)


def test_skips_taken_out_and_put_back_are_events_that_a_resumed_run_repeats(begin):
    """Out at step 5, back at step 7, killed at step 9, resumed from 4: the same losses."""
    first = begin(experiment=LONGER)
    folder = first.run.folder
    for step, skips in ((5, False), (7, True), (9, True)):
        advance_to(first, step)
        runs.request(folder, skips=skips)
    before = {e["step"]: e["loss"] for e in runs.history(folder).of("step", "residual")}
    (folder / runs.CHECKPOINTS / "step-00000008.npz").unlink()
    again = begin(first.run)
    assert again.record.step == 4
    advance_to(again, 9)
    past = runs.history(folder)
    after = {e["step"]: e["loss"] for e in past.of("step", "residual")}
    assert after == pytest.approx(before, rel=2e-3)
    changes = [(e["step"], e["changed"]) for e in past.of("control")]
    assert changes == [(5, {"skips": False}), (7, {"skips": True})]
    plain = [e["loss"] for e in past.of("step", "plain")]
    assert plain != list(after.values())


def changes(past: runs.History) -> list[tuple[int, dict]]:
    return [(e["step"], e["changed"]) for e in past.of("control")]


def test_every_surgery_is_an_event_that_a_resumed_run_repeats(begin):
    """A skip out, a block deleted, BatchNorm by averages, all undone; killed, resumed from 4."""
    first = begin(experiment=LONGER)
    folder, one = first.run.folder, ("stage2_block1",)
    for step, surgery in (
        (5, Surgery(skips_out=one)),
        (6, Surgery(deleted=one)),
        (7, Surgery(averages=True)),
        (9, WHOLE),
        (11, WHOLE),
    ):
        advance_to(first, step)
        runs.request(folder, **asdict(surgery))
    before = {arm: [e["loss"] for e in runs.history(folder).of("step", arm)] for arm in LONGER.arms}
    (folder / runs.CHECKPOINTS / "step-00000008.npz").unlink()
    again = begin(first.run)
    assert again.record.step == 4
    advance_to(again, 11)
    past = runs.history(folder)
    for arm in LONGER.arms:
        after = [e["loss"] for e in past.of("step", arm)]
        assert after == pytest.approx(before[arm], rel=2e-3)
    assert changes(past) == [
        (5, {"skips_out": one}),
        (6, {"skips_out": (), "deleted": one}),
        (7, {"deleted": (), "averages": True}),
        (9, {"averages": False}),
    ]


def test_planned_changes_are_made_at_their_steps_with_the_losses_of_the_run_they_come_from(begin):
    steered = begin(experiment=LONGER)
    folder = steered.run.folder
    advance_to(steered, 3)
    runs.request(folder, learning_rate=0.1, **asdict(Surgery(skips=False)))
    advance_to(steered, 6)
    runs.request(folder, **asdict(WHOLE))
    advance_to(steered, 8)
    planned = repeated(LONGER, runs.history(folder))
    ours = begin(experiment=planned)
    advance_to(ours, 8)
    past = runs.history(ours.run.folder)
    assert changes(past) == changes(runs.history(folder)) != []
    for arm in LONGER.arms:
        losses = [[e["loss"] for e in one.of("step", arm)] for one in (past, runs.history(folder))]
        assert losses[0] == pytest.approx(losses[1], rel=2e-3)
    again = begin(ours.run)
    assert again.record.step == 8
    advance_to(again, 9)
    assert changes(runs.history(ours.run.folder)) == changes(past)


def test_what_a_learner_asks_holds_against_the_plan_and_leaves_the_rest_of_it(begin):
    plan = (Change(2, averages=True), Change(4, learning_rate=0.1), Change(5, averages=False))
    training = begin(experiment=replace(LONGER, changes=plan))
    folder = training.run.folder
    advance_to(training, 3)
    runs.request(folder, learning_rate=0.004)
    advance_to(training, 7)
    assert changes(runs.history(folder)) == [
        (2, {"averages": True}),
        (3, {"learning_rate": 0.004}),
        (5, {"averages": False}),
    ]
