"""The drawing of the blocks on the lab's page: what it says, and what touching a skip does."""

import json
from dataclasses import replace

import pytest
import streamlit as st

from resnet_core import runs
from resnet_core.experiment.config import Experiment, NetConfig
from resnet_core.experiment.presets import PRESETS
from tests.pages.lab.test_lab import write
from ui.lab.blocks.switch import _picture
from ui.lab.form import own
from ui.lab.form.comparison import DIAL, NOTHING
from ui.lab.watch import living


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    """Nothing is trained here."""
    monkeypatch.setattr("resnet_core.jobs.worker_process._spawn", lambda linger: None)


@pytest.fixture
def language(monkeypatch):
    def speak(code):
        monkeypatch.setattr("ui.shell.i18n.language", lambda: code)
        monkeypatch.setattr("ui.lab.labels.language", lambda: code)

    return speak


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", ["Conv 5×5, stride 2", "BatchNorm, γ starts at 0", "× 0.5", "every 2nd pixel",
                "+8 zero channels", "SE: 16 → 4 → 16", "GELU", "Take out the skip of: net"]),
        ("zh", ["卷积 5×5，步幅 2", "γ 从 0 开始", "× 0.5", "隔一个取一个像素", "补 8 个零通道",
                "SE：16 → 4 → 16", "去掉捷径：net"]),
    ],
)  # fmt: skip
def test_the_drawing_says_what_the_toggles_made(language, code, said):
    language(code)
    net = NetConfig(
        20, 8, shortcut="scaled", kernel=5, squeeze=True, start="zero-gamma", activation="gelu"
    )
    picture = _picture("net", net, "net", "stage2_block1", True)
    assert [words for words in said if words not in picture["svg"]] == []
    assert "{" not in picture["svg"] and "block." not in picture["svg"]


def test_the_form_draws_the_blocks_of_its_arms(open_page, own_home, monkeypatch):
    monkeypatch.delenv("RESIDUAL_DATA", raising=False)
    app = open_page("lab", "en")
    assert app.button_group(key="lab_block_which").value == "stage2_block1"
    drawn = [json.dumps(node.proto.json) for node in app.get("bidi_component")]
    assert any("residual" in text and "plain" in text for text in drawn)


@pytest.fixture
def state(monkeypatch):
    kept: dict = {}
    monkeypatch.setattr(st, "session_state", kept)
    return kept


@pytest.mark.parametrize(
    ("dial", "skip", "touched", "expected"),
    [
        ("skip", True, "residual", (NOTHING, False)),
        ("skip", True, "plain", (NOTHING, True)),
        (NOTHING, True, "residual", (NOTHING, False)),
        (NOTHING, False, "plain", (NOTHING, True)),
        ("order", True, "order-pre", ("order", False)),
        ("order", False, "order-pre", ("order", True)),
        ("shortcut", True, "option-A", (NOTHING, False)),
    ],
)
def test_touching_a_skip_of_the_form_switches_it(state, dial, skip, touched, expected):
    state |= {DIAL: dial, own.SKIP: skip}
    own._switch_skip(touched)
    assert (state[DIAL], state[own.SKIP]) == expected


def test_what_is_drawn_of_a_living_run_is_a_fact_and_not_a_wish(own_home):
    run = runs.create(PRESETS["skips-56"])
    write(run)
    runs.request(run.folder, skips=False)
    assert living.made(run, runs.history(run.folder)).skips
    log = runs.Log(run.folder)
    log.write("control", step=3, changed={"skips": False})
    assert not living.made(run, runs.history(run.folder)).skips
    log.write("control", step=5, changed={"skips": True})
    log.close()
    assert living.made(run, runs.history(run.folder)).skips


def test_only_a_living_run_whose_shortcuts_have_no_weights_can_be_switched(own_home):
    living_run, ended = runs.Status("paused", 3), runs.Status("done", 3)
    twins = PRESETS["skips-56"]
    heavy = Experiment.twins("b", NetConfig(20, 8, shortcut="B"))
    plain = replace(twins, arms={"plain": twins.arms["plain"]})
    for experiment, status, expected in (
        (twins, living_run, True),
        (twins, ended, False),
        (heavy, living_run, False),
        (plain, living_run, False),
    ):
        assert living.switchable(runs.create(experiment), status) is expected
