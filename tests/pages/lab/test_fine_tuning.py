"""The fine-tuning corner: what it offers, what is started, and what is shown of a run."""

from dataclasses import replace

import pytest
from filelock import FileLock

from resnet_core import runs
from resnet_core.experiment import arithmetic, link
from resnet_core.experiment.config import QUANTITIES
from resnet_core.experiment.fine_tuning.comparisons import COMPARISONS, FIRST, on
from tests.pages.conftest import texts
from ui.shell.i18n import translate

CORNER = {"corner": "fine-tuning"}


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    """These tests look at pages; nothing is trained."""
    monkeypatch.setattr("resnet_core.jobs.worker_process._spawn", lambda linger: None)


@pytest.fixture
def no_cifar(monkeypatch):
    monkeypatch.delenv("RESIDUAL_DATA", raising=False)
    monkeypatch.setenv("KERAS_HOME", "/nonexistent")


def finished(end: dict | None = None) -> runs.Run:
    """A run with its log as a worker writes it."""
    run = runs.create(on(COMPARISONS[FIRST], "synthetic"))
    arms = run.experiment.arms
    layers = arithmetic.weight_layers(arms["at-once"])
    log = runs.Log(run.folder)
    data = {"label": "synthetic", "class_names": ["a", "b", "c", "d"]}
    facts = {arm: {"layers": layers, "parameters": 10} for arm in arms}
    log.write("started", from_step=0, elapsed_s=0.0, data=data, arms=facts)
    for arm in arms:
        log.write("thawed", arm=arm, parameters=1234, step=0)
        log.write("step", arm=arm, step=0, loss=1.4, accuracy=0.2, learning_rate=0.05,
                  images_s=400.0, elapsed_s=1.0)  # fmt: skip
        flow = {name: [1e-3] * len(layers) for name in QUANTITIES}
        log.write("flow", arm=arm, step=0, elapsed_s=1.0, **flow)
        for step, accuracy in ((20, 0.4), (40, 0.5)):
            log.write("eval", arm=arm, step=step, accuracy=accuracy, loss=1.0, images=800,
                      elapsed_s=3.0)  # fmt: skip
        log.write("memory", arm=arm, step=40, accuracy=0.321, before=0.654, images=1000)
    log.write("end", step=40, elapsed_s=9.0, status="done", reason=None)
    log.close()
    return run


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_corner_offers_every_comparison_and_a_form(open_page, language, no_cifar):
    app = open_page("lab", language, **CORNER)
    keys = [button.key for button in app.button]
    assert [f"corner_start_{name}" for name in COMPARISONS] == [
        key for key in keys if key in {f"corner_start_{name}" for name in COMPARISONS}
    ]
    assert "corner_start_own" in keys
    assert "200" in texts(app)
    assert [part.value for part in app.header] == [translate(language, "fine_tuning.open")]


def test_start_queues_the_comparison_on_the_data_that_is_there(open_page, own_home, no_cifar):
    app = open_page("lab", "en", **CORNER)
    app.button(key="corner_start_statistics").click().run()
    assert not app.exception
    (run,) = runs.every()
    assert run.experiment == on(COMPARISONS["statistics"], "synthetic")
    assert app.query_params["run"] == run.id


def test_own_ways_are_what_the_form_says(open_page, own_home, no_cifar):
    app = open_page("lab", "en", **CORNER)
    app.selectbox(key="corner_split").select("near").run()
    app.number_input(key="way-b_head_first").set_value(30).run()
    app.toggle(key="way-a_pretrained").set_value(False).run()
    assert "moving averages" in texts(app), "a fresh body has none to be frozen at"
    app.toggle(key="way-a_pretrained").set_value(True).run()
    app.button(key="corner_start_own").click().run()
    (run,) = runs.every()
    moved = run.experiment.fine_tuning
    assert moved.split == "near" and run.experiment.classes == 5
    assert (moved.ways["way-a"].head_first, moved.ways["way-b"].head_first) == (0, 30)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_run_shows_new_and_old_classes_for_each_arm(open_page, own_home, language):
    app = open_page("lab", language, run=finished().id)
    table = app.dataframe[0].value
    assert table.iloc[:, 1:].values.tolist() == [["1,234", "50.0 %", "65.4 %", "32.1 %"]] * 3
    assert "800" in texts(app)
    assert len(app.get("vega_lite_chart")) >= 3


def test_a_source_that_is_trained_shows_its_steps(open_page, own_home):
    run = runs.create(on(COMPARISONS[FIRST], "synthetic"))
    log = runs.Log(run.folder)
    log.write("state", state="source", step=0, elapsed_s=1.0, done=60, of=300)
    log.close()
    with FileLock(run.folder / runs.LOCK):
        app = open_page("lab", "en", run=run.id)
    (bar,) = app.get("progress")
    assert "step 60 of 300" in bar.proto.text and bar.proto.value == 20


def test_a_link_carries_a_fine_tuning_and_says_what_it_is(open_page, own_home, no_cifar):
    shared = link.Shared(replace(on(COMPARISONS[FIRST], "synthetic"), seed=3))
    app = open_page("lab", "en", experiment=link.encode(shared))
    assert "head first" in texts(app) and "200 images" in texts(app)
    app.button(key="lab_start_link").click().run()
    (run,) = runs.every()
    assert run.experiment == shared.experiment
