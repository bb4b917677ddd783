"""Held against the laboratory: what the scripts build, draw and train, toggle by toggle."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import numpy as np
import pytest

from resnet_core import runs, standalone
from resnet_core.commands import code
from resnet_core.data import cifar, synthetic
from resnet_core.data.batches import Batches
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.experiment.presets import PRESETS
from resnet_core.standalone import data_code
from resnet_core.standalone.script import SAME_ROUNDING, parts

pytestmark = pytest.mark.tf
pytest.importorskip("tensorflow")
from resnet_core.nn.resnet.network import build_net  # noqa: E402
from resnet_core.nn.training.arms import Arm  # noqa: E402
from resnet_core.nn.training.loop import Training  # noqa: E402
from resnet_core.nn.training.output.record import Record  # noqa: E402

NET = NetConfig(depth=8, width=4)
TRAIN = TrainConfig(steps=3, batch=16, learning_rate=0.05, evaluate_images=8)
SAME_RUN = 1e-3  # of a loss
FEW_TRAIN, FEW_TEST = 200, 50
IMPORTS = "import hashlib, pickle\nimport numpy as np\nfrom pathlib import Path\n"
ROUNDING = SAME_ROUNDING.split("\n")[0]


@pytest.fixture(scope="module", autouse=True)
def few_images():
    """The synthetic images, but few: the script draws them too."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(synthetic, "TRAIN", FEW_TRAIN)
        patched.setattr(synthetic, "TEST", FEW_TEST)
        synthetic.load.cache_clear()
        yield
    synthetic.load.cache_clear()


def arms(**values: object) -> dict[str, NetConfig]:
    """Nets that differ in one toggle."""
    ((name, options),) = values.items()
    return {f"arm-{place}": replace(NET, **{name: one}) for place, one in enumerate(options)}


NETS = {
    "orders": arms(order=("post", "pre", "relu-before-add", "bn-after-add")),
    "shortcuts": arms(shortcut=("A", "B", "C", "1x1", "scaled", "dropout")),
    "projections before": {
        "b": replace(NET, order="pre", shortcut="B"),
        "c": replace(NET, order="post", shortcut="C"),
    },
    "blocks": {
        "basic": replace(NET, depth=20, squeeze=True),
        "bottleneck": replace(NET, depth=20, block="bottleneck"),
    },
    "bottlenecks before": {
        "a": replace(NET, depth=11, block="bottleneck", order="pre"),
    },
    "starts": arms(start=("standard", "zero-gamma", "skipinit")),
    "separable": {
        "he": replace(NET, separable=True, kernel=5, activation="gelu"),
        "glorot": replace(NET, init="glorot", squeeze=True),
    },
    "no norm": {
        "with": NET,
        "without": replace(NET, batch_norm=False, separable=True, shortcut="B", start="skipinit"),
    },
    "no norm at all": {"plain": replace(NET, batch_norm=False, skip=False, activation="tanh")},
}


def space_of(experiment: Experiment, *keys: str) -> dict:
    """Execute some parts of the script of an experiment."""
    subject = standalone.of_experiment(experiment)
    space: dict = {}
    for part in parts(subject, folder='""'):
        if part.key in ("settings", *keys):
            code = part.code.split(ROUNDING)[0]  # this process has its threads already
            exec(compile(code, part.key, "exec"), space)
    return space


@pytest.mark.parametrize("name", NETS)
def test_the_nets_are_ours_weight_for_weight(name):
    experiment = Experiment("custom", NETS[name], TRAIN, "synthetic", seed=3)
    space = space_of(experiment, "net", "nets")
    images = np.random.default_rng(0).normal(size=(4, 32, 32, 3)).astype("float32")
    for arm, net in experiment.arms.items():
        theirs, ours = space["NETS"][arm].build(), build_net(net, 3)
        kept = {w.path: w.numpy() for w in ours.trainable_weights}
        assert [w.path for w in theirs.trainable_weights if w.path not in kept] == []
        assert len(theirs.trainable_weights) == len(kept)
        for weight in theirs.trainable_weights:
            np.testing.assert_array_equal(weight.numpy(), kept[weight.path])
        for training in (True, False):
            np.testing.assert_allclose(
                theirs(images, training=training).numpy(),
                ours(images, training=training).numpy(),
                rtol=1e-4,
                atol=1e-4,
            )


@pytest.mark.parametrize(
    "train",
    [
        TrainConfig(steps=40, decay_at=(10, 30), warmup=5),
        TrainConfig(steps=40, schedule="constant", warmup=3),
        TrainConfig(steps=40, schedule="cosine", warmup=4),
        TrainConfig(steps=40, schedule="one-cycle"),
    ],
)
def test_the_rate_is_ours_at_every_step(train):
    rate_at = space_of(Experiment.twins("custom", NET, train), "schedule")["rate_at"]
    assert [rate_at(step) for step in range(40)] == [train.rate_at(step) for step in range(40)]


@pytest.mark.parametrize("augment", [True, False])
def test_images_and_batches_are_ours(augment):
    train = replace(TRAIN, augment=augment)
    experiment = Experiment.twins("custom", NET, train, dataset="synthetic", seed=5)
    space, data = space_of(experiment, "images", "batches"), synthetic.load()
    ours = Batches(data.train_images, data.train_labels, train.batch, 5, augment)
    np.testing.assert_array_equal(space["test_images"], data.test_images)
    for step in (0, 1, 13):  # the last in the second epoch
        for theirs, own in zip(space["batch_at"](step), ours.at(step), strict=True):
            np.testing.assert_array_equal(theirs, own)


def test_cifar_is_read_as_ours_and_other_images_are_said(cifar_sample, capsys):
    if not cifar_sample.is_dir():
        pytest.skip("RESIDUAL_DATA names an archive; the script reads a folder")
    data = cifar.find()
    for fingerprint, said in ((data.fingerprint, ""), ("0" * 16, "not the images of the run")):
        code = data_code.images(PRESETS["fast-20"], fingerprint)
        space: dict = {"FOLDER": str(cifar_sample)}
        exec(IMPORTS + code, space)
        assert said in capsys.readouterr().out
        assert space["same_images"] is not bool(said)
    for name in ("train_images", "train_labels", "test_images", "test_labels"):
        np.testing.assert_array_equal(space[name], getattr(data, name))


@pytest.mark.parametrize(
    "train",
    [
        replace(TRAIN, optimizer="adamw", learning_rate=0.003, weight_decay=0.1),
        replace(TRAIN, optimizer="nesterov", clip_norm=0.5, label_smoothing=0.1, decay_norms=True),
    ],
)
def test_the_training_step_is_ours(train):
    experiment = Experiment("custom", {"only": NET}, train, "synthetic")
    space = space_of(experiment, "images", "batches", "net", "nets", "schedule", "step")
    theirs = space["trained"](space["NETS"]["only"].build())
    data = synthetic.load()
    batches = Batches(data.train_images, data.train_labels, train.batch, 0, train.augment)
    arm = Arm(NET, train)
    arm.normalise_by(batches.mean, batches.deviation)
    ours = [
        arm.step(*batches.at(step), train.rate_at(step), flow=False).loss
        for step in range(train.steps)
    ]
    assert theirs == pytest.approx(ours, abs=SAME_RUN)
    assert len(set(ours)) == train.steps


@pytest.fixture(scope="module")
def done(tmp_path_factory) -> runs.Run:
    """A run of twins, trained by the lab's own loop, with a change of the rate at step 1."""
    experiment = Experiment.twins("tiny", NET, TRAIN, dataset="synthetic")
    run = runs.create(experiment, root=tmp_path_factory.mktemp("runs"))
    log = runs.Log(run.folder)
    training = Training(Record(run, log), lambda e, name: Arm(e.arms[name], e.train))
    training.advance()
    runs.request(run.folder, learning_rate=0.2)
    training.go()
    training.close()
    log.close()
    return run


def test_a_run_s_script_alone_gives_the_run_s_losses_and_says_so(done, tmp_path):
    """Executed in isolation: no path leads to this project."""
    script = tmp_path / "script.py"
    script.write_text(standalone.script(standalone.of_run(done)))
    said = subprocess.run(
        [sys.executable, "-I", str(script)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.count("agrees with the run") == 2 and "DIFFERS" not in said
    past = runs.history(done.folder)
    for arm in done.experiment.arms:
        printed = said.split(f"{arm}: ")[1].split("test accuracy")[0]
        for event in past.of("step", arm):
            line = next(row for row in printed.splitlines() if f" {event['step']}  " in row)
            assert float(line.split()[-1]) == pytest.approx(event["loss"], abs=SAME_RUN)
    assert len({event["learning_rate"] for event in past.of("step")}) == 2


def test_a_script_whose_losses_are_others_says_so(done, capsys):
    subject = standalone.of_run(done)
    compared = next(part for part in parts(subject, folder='""') if part.key == "compared")
    wrong = {arm: [9.9] * TRAIN.steps for arm in done.experiment.arms}
    exec(compile(compared.code, "compared", "exec"), {"LOSSES": wrong})
    assert capsys.readouterr().out.count("DIFFERS from the run") == 2


def test_adamw_is_held_less_tightly_and_not_for_long(own_home):
    preset = PRESETS["fast-20"]
    run = runs.create(replace(preset, train=replace(preset.train, optimizer="adamw")))
    log = runs.Log(run.folder)
    for step in range(100):
        values = {"loss": 2.0, "accuracy": 0.1, "learning_rate": 0.05, "elapsed_s": 1.0}
        log.write("step", arm="plain", step=step, **values)
    log.close()
    subject = standalone.of_run(run)
    assert subject.tolerance == 0.05 and max(subject.losses["plain"]) < 60
    assert "TOLERANCE = 0.05 " in standalone.script(subject)


def test_the_script_of_several_seeds_is_that_of_the_first(own_home):
    run = runs.create(replace(PRESETS["fast-20"], seed=4, seeds=2))
    log = runs.Log(run.folder)
    for seed, loss in ((4, 2.0), (5, 3.0)):
        log.write("started", from_step=0, seed=seed, arms={}, data={"label": "synthetic"})
        values = {"loss": loss, "accuracy": 0.1, "learning_rate": 0.05, "elapsed_s": 1.0}
        log.write("step", arm="plain", step=0, seed=seed, **values)
    log.close()
    subject = standalone.of_run(run)
    assert subject.losses == {"plain": {0: 2.0}} and "SEED, CLASSES = 4" in standalone.script(
        subject
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_notebook_is_valid_and_holds_the_same_code(done, language):
    subject = standalone.of_run(done)
    read = nbformat.reads(standalone.notebook(subject, language), as_version=4)
    nbformat.validate(read)
    found = [cell.source for cell in read.cells if cell.cell_type == "code"]
    script = standalone.script(subject)
    assert all(one.strip() in script for one in found)
    compile("\n\n".join(found), "notebook", "exec")


def test_no_script_mentions_this_project_or_a_path_of_this_machine(done):
    for subject in (standalone.of_run(done), standalone.of_experiment(PRESETS["fast-20"])):
        script = standalone.script(subject)
        assert "resnet_core" not in script and str(Path.home()) not in script
        assert max(map(len, script.splitlines())) <= 100


@pytest.mark.parametrize(
    ("experiment", "key"),
    [
        (replace(PRESETS["fast-20"], train=TrainConfig(steps=0)), "standalone.nothing_trained"),
        (replace(PRESETS["fast-20"], weights="shipped"), "standalone.weights"),
        (
            replace(PRESETS["fast-20"], train=TrainConfig(precision="bfloat16")),
            "standalone.precision",
        ),
    ],
)
def test_what_a_script_cannot_express_is_said_and_not_written(experiment, key):
    with pytest.raises(standalone.CannotWrite) as caught:
        standalone.of_experiment(experiment)
    assert caught.value.message.key == key


def test_surgery_on_the_skips_is_not_left_out_in_silence(own_home):
    run = runs.create(PRESETS["fast-20"])
    log = runs.Log(run.folder)
    log.write("control", step=5, changed={"skips": False})
    log.close()
    with pytest.raises(standalone.CannotWrite) as caught:
        standalone.of_run(run)
    assert caught.value.message.key == "standalone.surgery"


def test_the_command_prints_the_script_and_writes_the_notebook(own_home, tmp_path, capsys):
    def said(*words: str) -> int:
        parser = code.argparse.ArgumentParser()
        code.add_arguments(parser)
        return code.main(parser.parse_args(words))

    run = runs.create(PRESETS["fast-20"])
    assert said(run.id) == 0
    assert compile(capsys.readouterr().out, "script", "exec")
    out = tmp_path / "it.ipynb"
    assert said("--preset", "fast-20", "--notebook", "--lang", "zh", "--out", str(out)) == 0
    assert json.loads(out.read_text("utf-8"))["nbformat"] == 4
    assert said() == 2 and said("nobody") == 2 and said(run.id, "--preset", "fast-20") == 2
