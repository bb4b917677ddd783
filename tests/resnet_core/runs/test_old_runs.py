"""A run folder that version 0.1.0 left opens, is read and goes on.

The folder in `old` was made by that version: six steps of ResNet-8 and its twin, width 4, on the
synthetic images. Of its checkpoints only the one of step 3 is kept.
"""

import math
import shutil
from pathlib import Path

import pytest

from base import folders
from resnet_core import runs
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.runs import checkpoints
from resnet_core.runs.folder import CHECKPOINTS

OLD = next((Path(__file__).parent / "old").iterdir())


@pytest.fixture
def old(own_home) -> runs.Run:
    return runs.load(Path(shutil.copytree(OLD, folders.runs() / OLD.name)))


def test_it_is_found_and_is_what_it_was(old):
    assert [run.id for run in runs.every()] == [OLD.name]
    train = TrainConfig(steps=6, batch=16, flow_every=2, evaluate_every=3, evaluate_images=50,
                        checkpoint_every=3, warmup=2, decay_at=(4,))  # fmt: skip
    net = NetConfig(depth=8, width=4)
    assert old.experiment == Experiment.twins("kept from 0.1.0", net, train, dataset="synthetic")


def test_nothing_of_its_log_is_set_aside(old):
    past = runs.history(old.folder)
    lines = (old.folder / runs.EVENTS).read_bytes().count(b"\n")
    assert past.started and len(past.events) == lines - 1 and past.step == 6
    for arm in ("residual", "plain"):
        losses = [event["loss"] for event in past.of("step", arm)]
        assert len(losses) == 6 and all(map(math.isfinite, losses))
        assert [event["step"] for event in past.of("flow", arm)] == [0, 2, 4]
        assert [event["step"] for event in past.of("eval", arm)] == [3, 6]
    assert runs.status(old.folder).name == "done"


@pytest.mark.tf
def test_it_goes_on_from_its_checkpoint_to_the_losses_that_it_had(old):
    """Cut off behind step 4, as a computer that went off would leave it."""
    pytest.importorskip("tensorflow")
    from resnet_core.nn.training.arms import Arm
    from resnet_core.nn.training.loop import Training
    from resnet_core.nn.training.output.record import Record

    before = {arm: losses(old, arm) for arm in old.experiment.arms}
    path = old.folder / runs.EVENTS
    kept = [line for line in path.read_bytes().splitlines(keepends=True) if b'"end"' not in line]
    path.write_bytes(b"".join(kept))
    assert [step for step, _ in checkpoints.readable(old.folder / CHECKPOINTS)] == [3]
    log = runs.Log(old.folder)
    training = Training(Record(old, log), lambda e, name: Arm(e.arms[name], e.train))
    assert training.record.step == 3
    while training.advance():
        pass
    training.close()
    log.close()
    for arm, wanted in before.items():
        assert losses(old, arm) == pytest.approx(wanted, rel=2e-3)


def losses(run: runs.Run, arm: str) -> list[float]:
    return [event["loss"] for event in runs.history(run.folder).of("step", arm)]
