"""The reliability diagram: one row a bin and net, and a diagonal."""

import pytest

from ui.charts.diagnostics import calibration

FOUND = {
    "residual": {"bins": [{"images": 9, "confidence": 0.9, "accuracy": 0.75}]},
    "plain": {
        "bins": [
            {"images": 2, "confidence": 0.3, "accuracy": 0.5},
            {"images": 5, "confidence": 0.8, "accuracy": 0.8},
        ]
    },
}


def test_each_bin_of_each_net_is_a_row():
    frame = calibration.table(FOUND)
    assert frame["arm"].tolist() == ["residual", "plain", "plain"]
    assert frame["images"].tolist() == [9, 2, 5]
    assert frame["accuracy"].tolist() == pytest.approx([0.75, 0.5, 0.8])


def test_both_axes_go_from_0_to_1_and_the_diagonal_is_where_they_are_equal():
    titles = dict.fromkeys(("arm", "confidence", "accuracy", "images"), "x")
    spec = calibration.spec({"residual": "r", "plain": "p"}, titles)
    diagonal, *others = spec["layer"]
    assert all(one["confidence"] == one["accuracy"] for one in diagonal["data"]["values"])
    for layer in spec["layer"]:
        for axis in ("x", "y"):
            assert layer["encoding"][axis]["scale"]["domain"] == [0, 1]
    assert all(layer["encoding"]["color"]["scale"]["domain"] == ["r", "p"] for layer in others)
