"""The tab Why: what can be measured, what the button starts, and how findings are shown."""

from dataclasses import replace

import pytest
from filelock import FileLock

from resnet_core import library, runs
from resnet_core.experiment.config import SHIPPED
from resnet_core.experiment.diagnostics import FOUR
from resnet_core.experiment.measuring import measured
from resnet_core.experiment.presets import PRESETS
from tests.pages.conftest import texts

LAYERS, BLOCKS = ["stem_conv", "stage1_block1_conv1", "head"], ["stage1_block1", "stage2_block1"]
DATA = {"label": "CIFAR-10 (JPEG)", "published": False, "class_names": ["airplane", "cat"]}
FIGURES = {
    "shatter": {"layers": LAYERS, "lag_1": [0.31, -0.1, 0.5], "input_lag_1": 0.31, "by_lag": [0.3]},
    "precision": {
        "layers": LAYERS,
        "float32": [1.0, 1.0, 1.0],
        "bfloat16": [0.42, 0.7, 1.0],
        "norm": [1.0, 1.0, 1.0],
        "lowest_float32": 0.999,
        "lowest_bfloat16": 0.42,
    },
    "lesion": {
        "blocks": BLOCKS,
        "whole": 0.86,
        "without": [0.4, 0.3],
        "median_without": 0.35,
        "change": [0.1, 0.2],
        "several": [],
        "shuffled": [],
        "images": 500,
        "trained": True,
    },
    "paths": {
        "blocks": BLOCKS,
        "size": [1.0, 1.0, 0.5],
        "share": [0.4, 0.4, 0.2],
        "binomial": [0.25, 0.5, 0.25],
        "mean_length": 0.8,
        "binomial_mean": 1.0,
        "whole": 2.0,
    },
}


PNG = "iVBORw0KGgo="
GREY = [[0, 255], [128, 64]]
FIGURES |= {
    "loss_slice": {
        "at": [-1.0, 0.0, 1.0],
        "moving": [9.0, 1.5, None],
        "batch": [2.5, 1.4, 2.6],
        "half_width_moving": 0.57,
        "half_width_batch": None,
    },
    "rate_range": {
        "rate": [1e-4, 1e-2, 1.0],
        "loss": [2.3, 1.9, 40.0],
        "smooth": [2.3, 2.0, 12.0],
        "steepest": 0.005,
        "lowest": 0.02,
    },
    "confusion": {
        "matrix": [[8, 2], [5, 5]],
        "accuracy": 0.65,
        "bins": [{"images": 20, "confidence": 0.7, "accuracy": 0.65}],
        "calibration_error": 0.05,
        "wrong": [
            {"image": 3, "is": 0, "said": 1, "sure": 0.914, "png": PNG},
            {"image": 4, "is": 1, "said": 0, "sure": 0.5, "png": PNG},
        ],
        "images": 20,
    },
    "maps": {
        "kernels": [[[[0, 1, 2]] * 3] * 3] * 9,
        "places": ["stem", "stage1_block1"],
        "maps": [[GREY] * 8, [GREY] * 4],
    },
}
MORE = ("loss_slice", "rate_range", "confusion", "maps")


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    """These tests look at pages; nothing is measured."""
    monkeypatch.setattr("resnet_core.jobs.worker_process._spawn", lambda linger: None)


@pytest.fixture
def run(own_home):
    """A run of the demonstration that is done."""
    run = runs.create(PRESETS["skips-56"])
    log = runs.Log(run.folder)
    facts = {"data": DATA, "arms": {arm: {"layers": LAYERS} for arm in ("residual", "plain")}}
    log.write("started", from_step=0, elapsed_s=0.0, **facts)
    for arm in run.experiment.arms:
        log.write("step", arm=arm, step=0, loss=2.0, accuracy=0.1, learning_rate=0.1, elapsed_s=1.0)
    log.write_end(status="done", step=1, elapsed_s=2.0, reason=None)
    log.close()
    return run


def measure(run: runs.Run, names=FOUR, *, ended: bool = True) -> None:
    """Write what the worker writes of a measurement."""
    log = runs.Log(run.folder)
    facts = {"data": DATA, "arms": {arm: {"layers": LAYERS} for arm in run.experiment.arms}}
    log.write("started", from_step=0, elapsed_s=0.0, **facts)
    log.write("state", state="measuring", arm="plain", step=0, elapsed_s=0.5)
    for name in names:
        for arm in run.experiment.arms:
            log.write("diagnostic", name=name, arm=arm, step=0, figures=FIGURES[name],
                      seconds=2.0, elapsed_s=1.0)  # fmt: skip
    if ended:
        log.write_end(status="done", step=0, elapsed_s=9.0, reason=None)
    log.close()


def keep_a_checkpoint(run: runs.Run) -> None:
    """Have a run look as if it kept weights; nobody reads them here."""
    (run.folder / runs.CHECKPOINTS).mkdir()
    (run.folder / runs.CHECKPOINTS / "step-00000001.npz").write_bytes(b"")


def tab(open_page, run, language="en"):
    app = open_page("lab", language, run=run.id)
    app.segmented_control(key="lab_tab").set_value("why").run()
    assert not app.exception, app.exception[0].message
    return app


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_tab_offers_what_there_are_weights_of(open_page, run, language):
    app = tab(open_page, run, language)
    assert len(app.segmented_control(key="lab_why_of").options) == 2, "no checkpoint is kept"
    keep_a_checkpoint(run)
    app = tab(open_page, run, language)
    assert len(app.segmented_control(key="lab_why_of").options) == 3


@pytest.mark.parametrize(("choice", "weights"), [("initial", ""), ("shipped", SHIPPED)])
def test_the_button_starts_a_run_of_no_steps_for_both_nets(open_page, run, choice, weights):
    app = tab(open_page, run)
    app.segmented_control(key="lab_why_of").set_value(choice).run()
    app.button(key="lab_why").click().run()
    assert not app.exception, app.exception[0].message
    (started,) = [one for one in runs.every() if one.id != run.id]
    experiment = started.experiment
    assert (experiment.train.steps, experiment.measure) == (0, FOUR)
    assert experiment.weights == weights and set(experiment.arms) == {"residual", "plain"}
    assert runs.queued_place(started.folder) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_measurement_shows_four_charts_each_with_finding_caveat_paper_and_seconds(
    open_page, own_home, language
):
    run = runs.create(measured(PRESETS["fast-20"].arms, FOUR))
    measure(run)
    app = open_page("lab", language, run=run.id)
    shown = texts(app)
    assert len(app.get("vega_lite_chart")) == 4
    assert all(part in shown for part in ("0.31", "0.42", "86", "1702.08591", "1605.06431"))
    assert shown.count("CIFAR-10 (JPEG)") == 4 and ("4 s" in shown or "4 秒" in shown)
    assert not [button for button in app.button if button.key == "lab_rate_now"]


def test_while_it_measures_the_page_counts_and_shows_what_there_is(open_page, own_home):
    run = runs.create(measured(PRESETS["fast-20"].arms, FOUR))
    measure(run, ("shatter",), ended=False)
    with FileLock(run.folder / runs.LOCK):
        assert runs.status(run.folder).name == "running"
        app = open_page("lab", "en", run=run.id)
    assert len(app.get("vega_lite_chart")) == 1
    assert {"lab_pause", "lab_stop"} <= {button.key for button in app.button}


def test_the_tab_shows_what_was_measured_of_the_same_nets_before(open_page, run):
    before = runs.create(measured(run.experiment.arms, FOUR, seed=run.experiment.seed))
    measure(before)
    other = runs.create(measured(run.experiment.arms, FOUR, seed=7))
    measure(other, ("shatter",))
    app = tab(open_page, run)
    assert "0.42" in texts(app) and len(app.get("vega_lite_chart")) == 1 + 4


def test_a_measurement_calls_the_run_that_it_measures_by_its_name(open_page, run):
    library.write_label(run.folder, library.Label("my twins"))
    of_it = measured(run.experiment.arms, ("paths",), weights=run.id)
    shown = texts(open_page("lab", "en", run=runs.create(of_it).id))
    assert "the last checkpoint of the run my twins" in shown and run.id not in shown


def test_a_training_run_that_measured_shows_it_in_the_tab(open_page, own_home):
    run = runs.create(replace(PRESETS["fast-20"], measure=("paths",)))
    measure(run, ("paths",), ended=False)
    log = runs.Log(run.folder)
    for arm in run.experiment.arms:
        log.write("step", arm=arm, step=0, loss=2.0, accuracy=0.1, learning_rate=0.1, elapsed_s=1.0)
    log.write_end(status="done", step=1, elapsed_s=2.0, reason=None)
    log.close()
    keep_a_checkpoint(run)
    assert "1605.06431" in texts(tab(open_page, run))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_four_further_measurements_are_shown_each_with_caveat_and_paper(
    open_page, own_home, language
):
    run = runs.create(measured(PRESETS["fast-20"].arms, MORE))
    measure(run, MORE)
    app = open_page("lab", language, run=run.id)
    shown = texts(app)
    charts = len(app.get("vega_lite_chart"))
    assert charts == 5, "slice, rates, a confusion for each net, and the calibration of both"
    papers = ("1712.09913", "1506.01186", "1706.04599", "1311.2901")
    assert [paper for paper in papers if paper not in shown] == []
    assert all(part in shown for part in ("0.57", "0.005", "65.0"))
    pictures = [one.proto.imgs[0].caption for one in app.main if hasattr(one.proto, "imgs")]
    assert len(pictures) == 2 and all("stage1_block1" in caption for caption in pictures)


@pytest.mark.parametrize(("language", "cat"), [("zh", "猫"), ("en", "cat")])
def test_mistakes_are_shown_with_image_class_and_confidence(open_page, own_home, language, cat):
    run = runs.create(measured(PRESETS["fast-20"].arms, ("confusion",)))
    measure(run, ("confusion",))
    app = open_page("lab", language, run=run.id)
    galleries = [one.proto.body for one in app.get("html") if "wrong-images" in one.proto.body]
    pictures = [one for one in galleries if one.count(f"base64,{PNG}") == 2]
    assert len(pictures) == 2, "one for each net"
    assert f"<span class='said'>{cat}</span><span class='sure'>91 %</span>" in pictures[0]
    assert "65.0 %" in texts(app) and "ECE" in texts(app)
    (table,) = app.dataframe
    recalls = table.value.iloc[:, 1].tolist()
    assert recalls == [80, 50] and len(table.value.columns) == 1 + 2 * 3


def test_a_name_of_a_class_from_elsewhere_is_text_not_html(open_page, own_home, monkeypatch):
    monkeypatch.setitem(DATA, "class_names", ["<img src=x onerror=alert(1)>", "'><b>"])
    run = runs.create(measured(PRESETS["fast-20"].arms, ("confusion",)))
    measure(run, ("confusion",))
    app = open_page("lab", "en", run=run.id)
    bodies = "".join(one.proto.body for one in app.get("html"))
    assert "&lt;img src=x" in bodies and "<img src=x" not in bodies and "'><b>" not in bodies


def test_mistakes_of_an_earlier_version_have_no_images_and_the_page_says_so(open_page, own_home):
    without = {k: v for k, v in FIGURES["confusion"]["wrong"][0].items() if k != "png"}
    run = runs.create(measured(PRESETS["fast-20"].arms, ("confusion",)))
    log = runs.Log(run.folder)
    log.write("started", from_step=0, elapsed_s=0.0, data=DATA, arms={})
    figures = FIGURES["confusion"] | {"wrong": [without]}
    log.write("diagnostic", name="confusion", arm="plain", step=0, figures=figures, seconds=2.0)
    log.write_end(status="done", step=0, elapsed_s=9.0, reason=None)
    log.close()
    assert "kept no images" in texts(open_page("lab", "en", run=run.id))


def test_the_further_measurements_are_started_by_their_own_choice(open_page, run):
    app = tab(open_page, run)
    app.segmented_control(key="lab_why_which").set_value("more").run()
    app.button(key="lab_why").click().run()
    (started,) = [one for one in runs.every() if one.id != run.id]
    assert started.experiment.measure == MORE
