"""Code for a run, as the lab offers it."""

from dataclasses import replace

import pytest

from resnet_core import runs
from resnet_core.experiment.presets import PRESETS
from tests.pages.conftest import texts


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    monkeypatch.setattr("resnet_core.jobs.worker_process._spawn", lambda linger: None)


def written(precision: str) -> runs.Run:
    """A run with one step in its log."""
    preset = PRESETS["fast-20"]
    run = runs.create(replace(preset, train=replace(preset.train, precision=precision)))
    log = runs.Log(run.folder)
    arms = {arm: {"layers": []} for arm in preset.arms}
    log.write("started", from_step=0, elapsed_s=0.0, arms=arms, data={"label": "CIFAR-10"})
    for arm in preset.arms:
        values = {"loss": 2.3, "accuracy": 0.1, "learning_rate": 0.05, "elapsed_s": 1.0}
        log.write("step", arm=arm, step=0, **values)
    log.write_end(status="done", step=1, elapsed_s=1.0)
    log.close()
    return run


@pytest.mark.parametrize(
    ("language", "title"), [("zh", "这次运行的代码"), ("en", "Code for this run")]
)
def test_a_run_is_offered_as_a_script_and_a_notebook(open_page, own_home, language, title):
    run = written("float32")
    app = open_page("lab", language, run=run.id)
    assert title in [one.label for one in app.expander] and not app.get("download_button")
    app.session_state["lab_code_run"] = True
    app.run()
    assert not app.exception
    names = [one.proto.label for one in app.get("download_button")]
    assert any(".py" in name for name in names) and any(".ipynb" in name for name in names)


def test_a_run_that_no_script_can_repeat_says_why(open_page, own_home):
    app = open_page("lab", "en", run=written("bfloat16").id)
    app.session_state["lab_code_run"] = True
    app.run()
    assert "Choose float32" in texts(app) and not app.get("download_button")
