"""The lab: what is offered before a run, and what is said of a run in every state."""

import json
from dataclasses import replace

import pytest
import streamlit as st
from filelock import FileLock

from resnet_core import jobs, runs
from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import QUANTITIES, Experiment, NetConfig, TrainConfig
from resnet_core.experiment.presets import PRESETS
from resnet_core.jobs.executors import RAY
from study.reviews.storage.store import Store, default_url
from tests.pages.conftest import texts
from ui.charts.layers import heatmap
from ui.lab.watch.verdict import NEXT

LAYERS = ["stem_conv", "stage1_block1_conv1", "head"]
KINDS = ("loss", "flow")


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    """These tests look at pages; nothing is trained."""
    monkeypatch.setattr("resnet_core.jobs.worker_process._spawn", lambda linger: None)


@pytest.fixture
def run(own_home):
    return runs.create(PRESETS["skips-56"])


DATA = {"label": "CIFAR-10 (JPEG)", "published": False, "class_names": ["airplane", "cat"]}
FACTS = {
    "data": DATA,
    "arms": {arm: {"layers": LAYERS, "parameters": 10} for arm in ("residual", "plain")},
}
ODD_LINES = [
    b'{"kind":"step","arm":["plain"],"step":0,"loss":"x","elapsed_s":null}',
    b'{"kind":"flow","arm":"plain","step":4,"weight_gradient":[[1]]}',
    b'{"kind":"eval","arm":"plain","step":1,"accuracy":"all","images":0}',
    b'{"kind":"state","state":{"a":1}}',
    b'{"kind":"end","status":"won","reason":[]}',
    b'{"kind":"end","status":"failed","reason":{"key":"runs.diverged","values":{}}}',
    b'{"kind":"end","status":"failed","reason":{"key":"runs.diverged","values":{"arm":1}}}',
    b'{"kind":"control","step":1,"changed":{"learning_rate":"fast"}}',
    b'{"kind":"started","from_step":-1}',
    b"[" * 50_000 + b"]" * 50_000,
]


def write(
    run: runs.Run,
    *,
    steps: int = 3,
    state: str = "running",
    end: dict | None = None,
    loss: float = 2.3,
):
    """The log as a worker writes it."""
    log = runs.Log(run.folder)
    log.write("started", from_step=0, elapsed_s=0.0, **FACTS)
    log.write("state", state=state, step=0, elapsed_s=0.1)
    for step in range(steps):
        for arm in run.experiment.arms:
            log.write("step", arm=arm, step=step, loss=loss - 0.1 * step, accuracy=0.1,
                      learning_rate=0.02, images_s=400.0, elapsed_s=float(step))  # fmt: skip
            values = {name: [1e-3, float("nan"), 0.5] for name in QUANTITIES}
            log.write("flow", arm=arm, step=step, elapsed_s=float(step), **values)
    if end:
        log.write("end", step=steps, elapsed_s=9.0, **end)
    log.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_run_tells_where_its_rate_falls_and_how_far_from_the_papers_length_it_is(
    open_page, own_home, language
):
    preset = PRESETS["fast-20"]
    train = replace(preset.train, steps=700, decay_at=(350, 525))
    run = runs.create(replace(preset, train=train))
    write(run)
    log = runs.Log(run.folder)
    for arm in run.experiment.arms:
        log.write("eval", arm=arm, step=3, accuracy=0.5, loss=1.0, images=10, elapsed_s=3.0)
    log.close()
    shown = texts(open_page("lab", language, run=run.id))
    assert "350 / 525" in shown and "700" in shown.split("8.75 %")[1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_presets_come_first_with_what_they_will_take(open_page, language, cifar_sample):
    app = open_page("lab", language)
    assert [button.key for button in app.button][:3] == [f"lab_start_{n}" for n in PRESETS]
    assert "56" in texts(app) and "214,546" in texts(app)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_images_of_every_class_are_shown_when_asked_for(open_page, language, monkeypatch):
    monkeypatch.delenv("RESIDUAL_DATA", raising=False)
    monkeypatch.setenv("KERAS_HOME", "/nonexistent")
    app = open_page("lab", language)
    assert not app.get("image")
    app.session_state["lab_samples"] = True
    app.run()
    drawn = [image.proto.imgs[0] for image in app.get("image")]
    assert len(drawn) == 10 and len({one.url for one in drawn}) == 10
    assert all(one.caption.strip("· ") for one in drawn)


def test_without_cifar_the_lab_offers_it_and_trains_on_synthetic_data(open_page, monkeypatch):
    monkeypatch.delenv("RESIDUAL_DATA", raising=False)
    monkeypatch.setenv("KERAS_HOME", "/nonexistent")
    app = open_page("lab", "en")
    assert "not on this machine yet" in app.info[0].value
    assert "synthetic data" in texts(app)


def test_start_writes_a_run_queues_it_and_shows_its_place(
    open_page, own_home, cifar_sample, monkeypatch
):
    monkeypatch.setattr(jobs, "worker_state", lambda: "busy")
    app = open_page("lab", "en")
    app.button(key="lab_start_skips-56").click().run()
    assert not app.exception
    (run,) = runs.every()
    assert run.experiment.arms["residual"].depth == 56
    assert runs.status(run.folder).name == "queued"
    assert app.info[0].value == "In the queue: place 1."


def test_a_run_that_waits_only_for_the_worker_says_so(open_page, run):
    runs.enter_queue(run.folder)
    app = open_page("lab", "en", run=run.id)
    assert "training process is starting" in app.info[0].value


def test_a_run_that_waits_for_a_place_on_the_cluster_says_so(open_page, run, monkeypatch):
    runs.enter_queue(run.folder)
    monkeypatch.setattr(jobs, "executor", lambda: RAY)
    app = open_page("lab", "en", run=run.id)
    assert "place on the cluster" in app.info[0].value


def test_a_run_that_lost_its_node_says_that_it_goes_on_elsewhere(open_page, run):
    write(run)
    log = runs.Log(run.folder)
    log.write("state", state="seat_lost", step=3, elapsed_s=3.0)
    log.close()
    with FileLock(run.folder / runs.LOCK):
        app = open_page("lab", "en", run=run.id)
    assert "Another one takes over from the last checkpoint" in app.warning[0].value
    assert "lab_stop" in {button.key for button in app.button}


def test_a_click_on_the_skips_that_is_heard_twice_does_not_undo_itself(open_page, run):
    write(run)
    with FileLock(run.folder / runs.LOCK):
        app = open_page("lab", "en", run=run.id)
        app.button(key="lab_skips_out").click().run()
        assert runs.control(run.folder).skips is False
        assert "lab_skips_in" in {button.key for button in app.button}
        assert "lab_skips_out" not in {button.key for button in app.button}


def test_a_running_run_shows_charts_their_data_and_the_controls(open_page, run):
    write(run)
    with FileLock(run.folder / runs.LOCK):
        app = open_page("lab", "en", run=run.id)
    assert "CIFAR-10 (JPEG)" in texts(app)
    assert len(app.get("vega_lite_chart")) >= 2
    assert {"lab_pause", "lab_stop"} <= {button.key for button in app.button}


def test_pause_is_asked_for_in_the_run_folder(open_page, run):
    write(run)
    with FileLock(run.folder / runs.LOCK):
        app = open_page("lab", "en", run=run.id)
        app.button(key="lab_pause").click().run()
    assert runs.control(run.folder).command == "pause"


def test_a_vanished_worker_is_said_with_the_last_step_and_an_offer(open_page, run):
    write(run)
    app = open_page("lab", "en", run=run.id)
    assert "ended without a message" in app.error[0].value and "3" in app.error[0].value
    assert "lab_resume" in {button.key for button in app.button}


def test_resume_puts_a_crashed_run_into_the_queue(open_page, run):
    write(run)
    app = open_page("lab", "en", run=run.id)
    app.button(key="lab_resume").click().run()
    assert not app.exception
    assert runs.queued_place(run.folder) == 1


def test_a_failed_run_says_why_in_the_readers_language(open_page, run):
    reason = {"key": "runs.worker_gone", "values": {}, "english": "The worker is gone."}
    write(run, end={"status": "failed", "reason": reason})
    app = open_page("lab", "zh", run=run.id)
    assert "gone" not in app.error[0].value and app.error[0].value


@pytest.mark.parametrize("name", ["..", "../..", "nobody", "a/b", ".hidden", "%2e%2e", "\\\\x"])
def test_a_link_to_no_run_is_a_sentence(open_page, name):
    app = open_page("lab", "en", run=name)
    assert app.warning and app.title


def test_a_torn_and_foreign_log_is_read_as_far_as_it_goes(open_page, run):
    write(run)
    with (run.folder / runs.EVENTS).open("ab") as log:
        log.write(b'{"kind": "step", "arm": "pl')
    app = open_page("lab", "en", run=run.id)
    assert len(app.get("vega_lite_chart")) >= 2


def test_charts_carry_a_description_and_only_finite_numbers(open_page, run):
    write(run, end={"status": "done"})
    app = open_page("lab", "en", run=run.id)
    for chart in app.get("vega_lite_chart"):
        assert "NaN" not in json.dumps(json.loads(chart.proto.spec))


def test_step_0_stays_on_step_0_while_the_run_goes_on(open_page, run):
    write(run)
    with FileLock(run.folder / runs.LOCK):
        app = open_page("lab", "en", run=run.id)
        app.button(key="lab_step_0").click().run()
        app.run()
    assert app.select_slider(key="lab_at").value == 0
    assert "step 0" in texts(app)


def test_a_paused_run_still_looks_whether_it_goes_on(open_page, run, monkeypatch):
    """One step and Resume are wishes: the page must see what the worker made of them."""
    ticks, real = [], st.fragment

    def noted(view, *, run_every=None):
        ticks.append(run_every)
        return real(view, run_every=run_every)

    monkeypatch.setattr(st, "fragment", noted)
    write(run, state="paused")
    with FileLock(run.folder / runs.LOCK):
        app = open_page("lab", "en", run=run.id)
    assert "lab_resume" in {button.key for button in app.button}
    assert ticks[-1] is not None


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("tab", ["accuracy", "classes", "heatmap"])
def test_every_chart_has_its_table_and_files_when_opened(open_page, run, language, tab):
    write(run, end={"status": "done"})
    evaluate(run, "residual", right=[30, 0], said=[40, 60])
    evaluate(run, "plain", right=[50, 0], said=[100, 0])
    app = open_page("lab", language, run=run.id)
    assert not app.dataframe and not app.get("download_button")
    app.session_state["lab_tab"] = tab
    kind = {"heatmap": "heat"}.get(tab, tab)
    for key in (*KINDS, kind):
        app.session_state[f"lab_table_{key}"] = True
    app.run()
    assert not app.exception
    assert len(app.dataframe) == len(KINDS) + 1
    assert len(app.get("download_button")) == 2 * (len(KINDS) + 1)
    arms = app.dataframe[0].value.columns
    assert ("残差网络" in arms) == (language == "zh") and ("residual" in arms) == (language == "en")


def evaluate(run: runs.Run, arm: str, *, right: list[int], said: list[int]) -> None:
    """Write an evaluation of 100 images of two classes, as a worker does before the end."""
    log = runs.Log(run.folder)
    log.write("eval", arm=arm, step=3, accuracy=sum(right) / 100, loss=2.0, images=100,
              of=[50, 50], right=right, said=said, elapsed_s=3.0)  # fmt: skip
    log.close()


def test_a_test_accuracy_has_its_interval_and_a_net_that_says_one_class_is_found_out(
    open_page, run
):
    write(run)
    evaluate(run, "residual", right=[30, 20], said=[40, 60])
    evaluate(run, "plain", right=[50, 0], said=[100, 0])
    log = runs.Log(run.folder)
    log.write_end(status="done", step=3, elapsed_s=4.0)
    log.close()
    shown = texts(open_page("lab", "en", run=run.id))
    assert "50.0 % (95 % interval 40.4 to 59.6 %, 100 images)" in shown
    assert shown.count("It says “airplane” for 100 %") == 1
    assert "✔" not in shown


def test_a_loss_that_rose_far_above_a_guess_is_said_and_shown(open_page, run):
    write(run, end={"status": "done"}, loss=882.0)
    app = open_page("lab", "en", run=run.id)
    assert "882" in texts(app) and "it diverges" in texts(app)
    spec = json.loads(app.get("vega_lite_chart")[0].proto.spec)
    scales = [layer["encoding"]["y"].get("scale") for layer in spec["layer"] if "mark" in layer]
    assert {"log"} == {scale["type"] for scale in scales if scale}
    assert max(scale["domain"][1] for scale in scales if scale) >= 882


def test_the_heat_map_shows_the_quantity_that_was_chosen(open_page, run, monkeypatch):
    drawn, table = [], heatmap.table
    noted = lambda past, arm, of, ends: drawn.append(of) or table(past, arm, of, ends)  # noqa: E731
    monkeypatch.setattr(heatmap, "table", noted)
    write(run, end={"status": "done"})
    app = open_page("lab", "en", run=run.id)
    app.session_state["lab_tab"] = "heatmap"
    app.run()
    reading = "brighter towards the bottom is exploding backwards"
    assert reading in texts(app)
    assert set(drawn) == {"weight_gradient"}
    app.selectbox(key="lab_heat_quantity").select("update_ratio").run()
    assert not app.exception and reading not in texts(app)
    assert set(drawn[2:]) == {"update_ratio"}


def test_changes_of_rate_pauses_and_resumptions_stand_in_the_heading_and_on_the_charts(
    open_page, run
):
    write(run, steps=8)
    log = runs.Log(run.folder)
    log.write("control", step=5, changed={"learning_rate": 0.2}, elapsed_s=5.0)
    for step in (6, 7):  # the second pause is that of a single step
        log.write("state", state="paused", step=step, elapsed_s=step)
    log.write("started", from_step=7, elapsed_s=7.0, **FACTS)
    log.close()
    app = open_page("lab", "en", run=run.id)
    assert "rate 0.2 (step 5) · paused (step 6) · resumed (step 7)" in texts(app)
    for kind in ("accuracy", "heatmap"):
        app.session_state["lab_tab"] = kind
        app.run()
        specs = [chart.proto.spec for chart in app.get("vega_lite_chart")]
        marked = [spec for spec in specs if '"rate 0.2"' in spec]
        assert len(marked) == len(specs) - 1, "all but the gradient flow, which is over layers"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_heading_names_everything_that_sets_the_run_apart(open_page, own_home, language):
    net = NetConfig(20, 8, batch_norm=False, init="glorot", shortcut="B")
    train = TrainConfig(steps=9, warmup=4, weight_decay=5e-4, augment=True, precision="bfloat16")
    made = runs.create(Experiment.twins("custom", net, train, seed=7))
    write(made)
    shown = texts(open_page("lab", language, run=made.id))
    for fact in ("20", "Glorot", "0.0005", "bfloat16", "4", "7", "B", "0.9"):
        assert fact in shown
    parameters = {f"{arithmetic.parameters(arm):,}" for arm in made.experiment.arms.values()}
    assert len(parameters) == 2 and all(count in shown for count in parameters)


def test_a_worker_that_does_not_respond_is_said_and_can_be_ended(open_page, run, monkeypatch):
    write(run)
    ended = []
    monkeypatch.setattr(jobs, "silence", lambda: 75.0)
    monkeypatch.setattr(jobs, "end_worker", lambda: ended.append(True))
    with FileLock(run.folder / runs.LOCK):
        app = open_page("lab", "en", run=run.id)
        assert "not responded for 75 s" in app.warning[0].value
        app.button(key="lab_end").click().run()
    assert ended == [True]


@pytest.mark.parametrize("line", ODD_LINES)
def test_odd_lines_in_a_log_leave_the_page_whole(open_page, run, line):
    write(run)
    with (run.folder / runs.EVENTS).open("ab") as log:
        log.write(line + b"\n")
    app = open_page("lab", "en", run=run.id)
    assert len(app.get("vega_lite_chart")) >= 2


def test_a_strangers_words_in_a_log_are_shown_as_text(open_page, run):
    told = "![x](http://127.0.0.1:9/x.png) **bold**"
    reason = {"key": "foreign.key", "values": {}, "english": told}
    write(run, end={"status": "failed", "reason": reason})
    app = open_page("lab", "en", run=run.id)
    assert f"` {told} `" in app.error[0].value  # a span of code: no image, nothing bold


def test_a_home_that_cannot_be_written_is_a_sentence(open_page, tmp_path, monkeypatch):
    from resnet_core.jobs import worker_process

    def refused(linger):
        raise runs.cannot_write(tmp_path, OSError(30, "Read-only file system"))

    monkeypatch.setattr(worker_process, "_spawn", refused)
    monkeypatch.setattr(jobs, "warm", worker_process.warm)
    monkeypatch.setattr("ui.lab.begin.datasets", lambda: (["synthetic"], "synthetic"))
    app = open_page("lab", "en")
    assert "Read-only file system" in app.error[0].value.replace("\\", "")
    run = runs.create(PRESETS["fast-20"])
    runs.enter_queue(run.folder)
    app = open_page("lab", "en", run=run.id)
    assert "Read-only file system" in app.error[0].value.replace("\\", "")


def test_every_preset_has_a_next_experiment():
    assert set(NEXT) == set(PRESETS) == set(NEXT.values())


def test_a_prediction_is_stated_before_the_curves_and_held_against_the_end(open_page, run):
    write(run)
    with FileLock(run.folder / runs.LOCK):
        app = open_page("lab", "en", run=run.id)
        app.button(key=f"predict_residual_{run.id}").click().run()
        assert "Your prediction: residual (70% sure)" in texts(app)
        assert not any(b.key and b.key.startswith("predict_") for b in app.button)
    write(run, end={"status": "done", "reason": None})  # both arms lose the same
    app.run()
    assert "You were wrong: you said residual" in texts(app)
    (kept,) = [row for row in Store(default_url()).rows() if row.kind == "prediction"]
    assert kept.body["choice"] == "residual" and kept.body["confidence"] == 0.7
    again = open_page("lab", "en", run=run.id)  # a reload, or another tab
    assert "You were wrong: you said residual" in texts(again)


def test_a_run_leads_back_to_the_questions_that_rest_on_it(open_page, run):
    write(run)
    app = open_page("lab", "en", run=run.id)
    links = [link.proto.label for link in app.get("page_link")]
    assert "Why the shortcut matters" in links
