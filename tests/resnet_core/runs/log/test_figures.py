"""Figures of a diagnostic enter as their readers need them, or not at all."""

import copy

import msgspec
import pytest

from resnet_core.experiment.diagnostics import DIAGNOSTICS
from resnet_core.runs.log import figures
from resnet_core.runs.log.events import decode

LESION = {
    "blocks": ["stage1_block1", "stage2_block1"],
    "whole": 0.5,
    "without": [0.4, 0.3],
    "median_without": 0.35,
    "change": [0.1, None],
    "several": [{"k": 2, "accuracy": [0.1]}],
    "shuffled": [{"stage": 0, "accuracy": 0.2}],
    "images": 500,
    "trained": True,
}
PATHS = {
    "blocks": ["a", "b"],
    "size": [1.0, 1.0, 0.5],
    "share": [0.4, 0.4, 0.2],
    "binomial": [0.25, 0.5, 0.25],
    "mean_length": 0.8,
    "binomial_mean": 1.0,
    "whole": 2.0,
}


MISTAKE = {"image": 3, "is": 0, "said": 1, "sure": 0.9, "png": "iVBORw0KGgo="}
CONFUSION = {
    "matrix": [[8, 2], [5, 5]],
    "accuracy": 0.65,
    "bins": [{"images": 20, "confidence": 0.7, "accuracy": 0.65}],
    "calibration_error": 0.05,
    "wrong": [MISTAKE],
    "images": 20,
}


def line(name: str, found: object) -> bytes:
    event = {"kind": "diagnostic", "name": name, "arm": "plain", "step": 3, "figures": found}
    return msgspec.json.encode({**event, "seconds": 1.5, "elapsed_s": 2.0})


def changed(found: dict, **other: object) -> dict:
    return {**copy.deepcopy(found), **other}


@pytest.mark.parametrize(
    ("name", "found"), [("lesion", LESION), ("paths", PATHS), ("confusion", CONFUSION)]
)
def test_figures_as_they_are_measured_enter(name, found):
    event = decode(line(name, found))
    assert event is not None and event["figures"] == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("lesion", changed(LESION, without=[0.4])),
        ("lesion", changed(LESION, whole="half")),
        ("lesion", changed(LESION, whole=1.5)),
        ("lesion", changed(LESION, several=[{"k": -1, "accuracy": []}])),
        ("lesion", {key: value for key, value in LESION.items() if key != "blocks"}),
        ("paths", changed(PATHS, share=[1.0])),
        ("paths", changed(PATHS, mean_length=None)),
        ("shatter", {}),
        ("confusion", []),
        ("confusion", changed(CONFUSION, wrong=[{**MISTAKE, "png": "'><script>"}])),
        ("confusion", changed(CONFUSION, wrong=[{**MISTAKE, "png": "A" * 8193}])),
        ("confusion", changed(CONFUSION, wrong=[{**MISTAKE, "is": "cat"}])),
        ("confusion", changed(CONFUSION, wrong=[MISTAKE] * 65)),
        ("confusion", {"matrix": [[1, 2]]}),
    ],
)
def test_figures_that_a_chart_could_not_draw_are_left_out(name, found):
    assert decode(line(name, found)) is None


def test_mistakes_without_images_as_earlier_versions_kept_them_enter():
    without = {key: value for key, value in MISTAKE.items() if key != "png"}
    assert decode(line("confusion", changed(CONFUSION, wrong=[without]))) is not None


def test_a_diagnostic_that_this_version_does_not_know_is_kept():
    assert decode(line("entropy", {"value": 1.0})) is not None


def test_every_diagnostic_has_its_figures():
    assert set(figures.FIGURES) == set(DIAGNOSTICS)
