"""The source of a script or a notebook, read without TensorFlow: it is whole, and it is printed."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from resnet_core import runs, standalone
from resnet_core.__main__ import main
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.experiment.presets import PRESETS

NET, TRAIN = NetConfig(depth=8, width=4), TrainConfig(steps=3, batch=16)
OLD_RUN = next((Path(__file__).parents[1] / "runs" / "old").iterdir())


def of(net: NetConfig = NET, train: TrainConfig = TRAIN) -> Experiment:
    """Return the training of a net beside the default one."""
    return Experiment("custom", {"ours": NET, "other": net}, train, "synthetic")


EXPERIMENTS = {
    **PRESETS,
    "pre-activation": of(replace(NET, order="pre", shortcut="B", squeeze=True)),
    "bottleneck": of(replace(NET, depth=11, block="bottleneck", order="bn-after-add")),
    "scaled": of(replace(NET, shortcut="scaled", start="skipinit", activation="gelu")),
    "no norm": of(replace(NET, batch_norm=False, separable=True, shortcut="C")),
    "dropout": of(replace(NET, shortcut="dropout", order="relu-before-add", init="glorot")),
    "adamw": of(train=replace(TRAIN, optimizer="adamw", schedule="one-cycle", clip_norm=1.0)),
    "nesterov": of(
        train=replace(TRAIN, optimizer="nesterov", schedule="cosine", label_smoothing=0.1)
    ),
}


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_a_script_defines_every_name_that_it_uses_and_uses_all_that_it_imports(name):
    source = standalone.script(standalone.of_experiment(EXPERIMENTS[name]))
    compile(source, "script.py", "exec")
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "F", "-"]
    checked = subprocess.run(command, input=source, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout
    assert "resnet_core" not in source


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_code_command_writes_a_notebook_of_a_preset(language, monkeypatch, tmp_path):
    out = tmp_path / "skips.ipynb"
    command = ["code", "--preset", "skips-56", "--notebook", "--lang", language, "--out", str(out)]
    assert run(monkeypatch, *command) == 0
    cells = nbformat.read(out, as_version=4).cells
    assert {cell.cell_type for cell in cells} == {"markdown", "code"}
    for cell in cells:
        if cell.cell_type == "code":
            compile(cell.source, "cell", "exec")


def test_the_code_command_prints_the_script_of_a_run_with_its_losses(monkeypatch, capsys):
    assert run(monkeypatch, "code", str(OLD_RUN)) == 0
    source = capsys.readouterr().out
    compile(source, "script.py", "exec")
    assert OLD_RUN.name in source and "# --- " in source


def test_the_code_command_reads_an_experiment_and_says_what_cannot_be_written(
    monkeypatch, capsys, tmp_path
):
    file, out = tmp_path / "mine.json", tmp_path / "no" / "folder" / "script.py"
    file.write_text(json.dumps(PRESETS["fast-20"].to_json()))
    assert run(monkeypatch, "code", "--experiment", str(file)) == 0
    assert capsys.readouterr().out == standalone.script(
        standalone.of_experiment(PRESETS["fast-20"])
    )
    assert run(monkeypatch, "code", "--experiment", str(file), "--out", str(out)) == 2
    assert run(monkeypatch, "code", "--experiment", str(out)) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_the_code_command_asks_for_one_thing(monkeypatch, capsys):
    assert run(monkeypatch, "code") == 2
    assert "Name one thing" in capsys.readouterr().err


@pytest.mark.parametrize(
    "change", [{"precision": "bfloat16"}, {"steps": 0}], ids=["bfloat16", "no steps"]
)
def test_what_a_script_cannot_repeat_is_refused(change):
    with pytest.raises(standalone.CannotWrite):
        standalone.of_experiment(of(train=replace(TRAIN, **change)))


@pytest.mark.parametrize("skips", [False, True])
def test_a_change_of_the_rate_is_in_the_script_and_a_cut_of_the_skips_is_refused(skips, tmp_path):
    folder = Path(shutil.copytree(OLD_RUN, tmp_path / OLD_RUN.name))
    changed = {"skips": False} if skips else {"learning_rate": 0.0123}
    first, *rest = (folder / runs.EVENTS).read_text("utf-8").splitlines(keepends=True)
    control = {"kind": "control", "step": 3, "elapsed_s": 1.0, "changed": changed}
    lines = [first, *rest[:-1], json.dumps(control) + "\n", rest[-1]]
    (folder / runs.EVENTS).write_text("".join(lines), "utf-8")
    if skips:
        with pytest.raises(standalone.CannotWrite):
            standalone.of_run(runs.load(folder))
    else:
        subject = standalone.of_run(runs.load(folder))
        assert subject.peaks[3] == 0.0123
        assert "0.0123" in standalone.script(subject)


def run(monkeypatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["resnet_core", *arguments])
    return main()
