"""A whole experiment in a link: the same after the journey, and nothing else gets in."""

import base64
import json
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resnet_core.experiment import link
from resnet_core.experiment.config import Experiment, NetConfig, TrainConfig
from resnet_core.experiment.link import LinkError, Shared
from resnet_core.experiment.presets import PRESETS
from resnet_core.experiment.surgery.change import Change

UNUSUAL = Experiment(
    "one's own",
    {
        "order-pre": NetConfig(26, 8, order="pre", squeeze=True, init="glorot"),
        "order-post": NetConfig(26, 8, squeeze=True, init="glorot"),
    },
    TrainConfig(steps=77, decay_at=(10, 20), precision="bfloat16", label_smoothing=0.1),
    seed=12,
    measure=("lesion",),
    weights="shipped",
)


PLAN = (
    Change(10, learning_rate=0.01, skips=False),
    Change(15, skips=True, skips_out=("stage1_block2",), averages=True),
    Change(20, skips_out=(), deleted=("stage2_block1", "stage3_block1")),
)
STEERED = replace(PRESETS["fast-20"], name="steered", changes=PLAN)


@pytest.mark.parametrize(
    "experiment", [*PRESETS.values(), UNUSUAL, STEERED], ids=lambda one: one.name
)
def test_every_setting_survives_and_the_link_stays_short(experiment):
    shared = Shared(experiment, locked=True)
    text = link.encode(shared)
    assert link.decode(text) == shared
    assert len(text) < 400 and text.replace("-", "").replace("_", "").replace(".", "").isalnum()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"step": 100_000}, "steps from 0"),
        ({"step": -1}, "steps from 0"),
        ({"step": "1"}, "steps from 0"),
        ({"step": 1, "deleted": ["stage9_block1"]}, "stage9_block1"),
        ({"step": 1, "skips_out": ["stage1_block44"]}, "stage1_block44"),
        ({"step": 1, "deleted": "stage1_block1"}, "blocks"),
        ({"step": 1, "skips": 0}, "true or false"),
        ({"step": 1, "learning_rate": 1e9}, "learning_rate"),
        ({"step": 1, "width": 8}, "width"),
        ([], "changes"),
    ],
    ids=str,
)
def test_a_planned_change_that_no_run_can_make_is_named(change, named):
    told = {**PRESETS["fast-20"].to_json(), "changes": [change]}
    with pytest.raises(LinkError, match=named):
        link.decode(packed({"experiment": told}))


def packed(whole: object) -> str:
    raw = zlib.compress(json.dumps(whole).encode())
    return "1." + base64.urlsafe_b64encode(raw).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.",
        "2.eJw",
        "1.!!!",
        "1." + "A" * 5000,
        packed(None),
        packed([]),
        packed({"experiment": {"name": "x"}}),
        packed({"experiment": {**PRESETS["fast-20"].to_json(), "seed": -1}}),
        packed({"experiment": {**PRESETS["fast-20"].to_json(), "strange": 1}}),
        packed("0" * 10_000_000),
    ],
)
def test_what_is_no_experiment_is_a_sentence(text):
    with pytest.raises(LinkError):
        link.decode(text)


@given(st.text(max_size=60))
def test_no_text_does_more_than_be_refused(text):
    with pytest.raises(LinkError):
        link.decode("1." + text)


def test_only_true_locks():
    whole = {"experiment": PRESETS["fast-20"].to_json(), "locked": "yes", "predicts": 1}
    assert link.decode(packed(whole)) == Shared(PRESETS["fast-20"])


def test_the_weights_of_a_run_here_are_in_no_link():
    experiment = replace(PRESETS["fast-20"], weights="20261101-run")
    with pytest.raises(LinkError):
        link.encode(Shared(experiment))
    with pytest.raises(LinkError):
        link.decode(packed({"experiment": experiment.to_json()}))
