"""An experiment that came by a link."""

from dataclasses import replace

import pytest
from filelock import FileLock

from resnet_core import runs
from resnet_core.experiment import link
from resnet_core.experiment.link import Shared
from resnet_core.experiment.presets import PRESETS
from study.reviews.storage.store import Store, default_url
from tests.pages.conftest import texts

FAST = replace(PRESETS["fast-20"], dataset="synthetic", seed=41)


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    monkeypatch.setattr("resnet_core.jobs.worker_process._spawn", lambda linger: None)


def keys(app) -> set[str]:
    return {button.key for button in app.button}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_link_shows_the_whole_experiment_and_starts_exactly_that(
    open_page, own_home, cifar_sample, language
):
    app = open_page("lab", language, experiment=link.encode(Shared(FAST)))
    assert "41" in texts(app) and "0.05" in texts(app)
    app.button(key="lab_start_link").click().run()
    assert not app.exception
    (run,) = runs.every()
    assert run.experiment == FAST


def test_a_teachers_link_asks_first_and_then_leaves_nothing_to_change(
    open_page, own_home, cifar_sample
):
    shared = Shared(FAST, locked=True, predicts=True)
    app = open_page("lab", "en", experiment=link.encode(shared))
    assert app.button(key="lab_start_link").disabled
    app.radio(key="lab_link_choice").set_value("plain").run()
    app.button(key="lab_start_link").click().run()
    assert not app.exception
    (run,) = runs.every()
    (kept,) = [row for row in Store(default_url()).rows() if row.kind == "prediction"]
    assert kept.body["run"] == run.id and kept.body["choice"] == "plain"
    log = runs.Log(run.folder)
    log.write("started", from_step=0, arms={}, data={"label": "synthetic"})
    log.write("state", state="running", step=0)
    log.close()
    runs.leave_queue(run.folder)
    with FileLock(run.folder / runs.LOCK):
        locked = open_page("lab", "en", run=run.id, locked="1")
        free = open_page("lab", "en", run=run.id)
    assert {"lab_pause", "lab_stop"} <= keys(locked)
    assert "lab_skips_out" in keys(free) - keys(locked)
    assert free.number_input and not locked.number_input


@pytest.mark.parametrize("text", ["nonsense", "1.AAAA", "2.x"])
def test_a_link_without_an_experiment_is_a_sentence(open_page, own_home, text):
    app = open_page("lab", "en", experiment=text)
    assert "copy all of it" in app.warning[0].value and not keys(app)


def test_a_run_offers_the_link_that_carries_its_experiment(open_page, own_home):
    run = runs.create(FAST)
    log = runs.Log(run.folder)
    arms = {arm: {"layers": []} for arm in FAST.arms}
    log.write("started", from_step=0, arms=arms, data={"label": "synthetic"})
    for arm in arms:
        values = {"loss": 2.3, "accuracy": 0.1, "learning_rate": 0.05, "elapsed_s": 1.0}
        log.write("step", arm=arm, step=0, **values)
    log.write_end(status="done", step=1)
    log.close()
    app = open_page("lab", "en", run=run.id)
    app.session_state["lab_share"] = True
    app.run()
    assert any("Next" in one.proto.label for one in app.get("page_link"))
    app.toggle(key="lab_share_lock").set_value(True).run()
    (address,) = [code.value for code in app.code if "experiment=" in code.value]
    carried = address.split("experiment=")[1].split("&")[0]
    assert link.decode(carried) == Shared(FAST, locked=True)
    assert run.id not in address
    locked = open_page("lab", "en", run=run.id, locked="1")
    assert locked.get("vega_lite_chart")
    assert not any("Next" in one.proto.label for one in locked.get("page_link"))
    assert not [one for one in locked.expander if one.label == "Link to this experiment"]
