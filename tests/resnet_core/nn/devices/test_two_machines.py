"""One run on two processes of this machine, as on two machines: the numbers of one process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from resnet_core import runs
from resnet_core.experiment.config import QUANTITIES, Experiment, NetConfig, TrainConfig
from resnet_core.experiment.surgery.change import Change
from tests.browser.conftest import free_port

pytestmark = [pytest.mark.tf, pytest.mark.slow, pytest.mark.timeout(900)]

pytest.importorskip("tensorflow")
from resnet_core.nn.training.arms import Arm  # noqa: E402
from resnet_core.nn.training.loop import Training  # noqa: E402
from resnet_core.nn.training.output.record import Record  # noqa: E402

ROOT = Path(__file__).resolve().parents[4]
TRAIN = TrainConfig(
    steps=4, batch=64, learning_rate=0.02, augment=True, evaluate_images=16, flow_every=2
)
BARE, NORMED = NetConfig(8, 4, batch_norm=False), NetConfig(8, 4)
CUT = Change(3, skips_out=("stage1_block1",), deleted=("stage2_block1",))
EXPERIMENT = Experiment(
    "shared", {"bare": BARE, "normed": NORMED}, TRAIN, dataset="synthetic", changes=(CUT,)
)


def machine(index: int, cluster: list[str], home: Path, *words: str) -> subprocess.Popen:
    """Start the command of one of the machines."""
    config = {"cluster": {"worker": cluster}, "task": {"type": "worker", "index": index}}
    environment = {**os.environ, "TF_CONFIG": json.dumps(config), "RESIDUAL_HOME": str(home)}
    return subprocess.Popen(
        [sys.executable, "-m", "resnet_core", "train", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def alone(tmp_path_factory) -> runs.History:
    """The run by one process."""
    run = runs.create(EXPERIMENT, root=tmp_path_factory.mktemp("alone"))
    log = runs.Log(run.folder)
    training = Training(Record(run, log), lambda e, name: Arm(e.arms[name], e.train))
    training.go()
    training.close()
    log.close()
    return runs.history(run.folder)


@pytest.fixture(scope="module")
def together(tmp_path_factory) -> runs.History:
    """The same run by two processes, which name themselves two machines."""
    place = tmp_path_factory.mktemp("together")
    (place / "experiment.json").write_text(json.dumps(EXPERIMENT.to_json()))
    cluster = [f"127.0.0.1:{free_port()}" for _ in range(2)]
    words = ("--experiment", str(place / "experiment.json"), "--out", str(place / "runs"), "--json")
    made = [machine(i, cluster, place / f"home-{i}", *words) for i in range(2)]
    try:
        (told, said), (_, said_there) = (one.communicate(timeout=600) for one in made)
    finally:
        for one in made:
            one.kill()
            one.communicate()
    assert made[0].returncode == 0, said
    assert made[1].returncode == 0, f"the other machine is let go at the end: {said_there}"
    assert not (place / "home-1").exists(), "only the chief writes"
    return runs.history(Path(json.loads(told)["run"]))


def losses(past: runs.History, arm: str) -> list[float]:
    return [event["loss"] for event in past.of("step", arm)]


def test_the_loss_curve_of_two_processes_is_that_of_one(alone, together):
    assert together.end["status"] == "done"
    assert [e["step"] for e in together.of("step", "bare")] == [0, 1, 2, 3]
    assert losses(together, "bare") == pytest.approx(losses(alone, "bare"), rel=2e-3)
    assert together.of("eval", "bare")[-1]["loss"] == pytest.approx(
        alone.of("eval", "bare")[-1]["loss"], rel=2e-3
    )


def test_the_gradient_flow_is_that_of_the_whole_batch(alone, together):
    for shared, whole in zip(together.of("flow", "bare"), alone.of("flow", "bare"), strict=True):
        for quantity in QUANTITIES:
            assert shared[quantity] == pytest.approx(whole[quantity], rel=5e-3, abs=1e-6), quantity


def test_batchnorm_normalises_each_slice_by_itself(alone, together):
    """So the curve is another one, though close: each half of the batch has its own statistics."""
    shared, whole = losses(together, "normed"), losses(alone, "normed")
    assert shared[0] != pytest.approx(whole[0], rel=1e-4)
    assert shared == pytest.approx(whole, rel=0.2)
