"""The charts of the further diagnostics: scales that show what happened, and whole pictures."""

import numpy as np
import pytest

from ui.charts.diagnostics import why_more

NAMES = {"residual": "残差网络", "plain": "普通网络"}
TITLES = dict.fromkeys(("at", "log_rate", "value", "arm", "truth", "said", "images", "share"), "x")
TITLES |= {"moving": "moving averages", "batch": "batch statistics"}


def test_a_slice_has_two_columns_an_arm_and_a_frame_that_a_steep_side_leaves():
    figures = {"at": [-1.0, 0.0, 1.0], "moving": [50.0, 1.4, None], "batch": [2.6, 1.3, 2.7]}
    frame = why_more.slices({"residual": figures})
    assert list(frame.columns) == ["at", "residual", "residual batch"]
    ends = why_more.limits(frame, ["residual", "residual batch"], 1.4)
    assert ends == (1.0, 4.5)
    spec = why_more.losses("at", {"residual": "残差网络"}, TITLES, ends, batch=True)
    assert spec["transform"][0]["fold"] == ["残差网络", "残差网络 batch"]
    assert spec["encoding"]["y"]["scale"]["domain"] == [1.0, 4.5] and spec["mark"]["clip"]


def test_rates_are_powers_of_ten_and_a_net_that_diverged_early_has_a_gap():
    found = {
        "residual": {"rate": [1e-4, 1e-2, 1.0], "smooth": [2.3, 1.9, 2.2]},
        "plain": {"rate": [1e-4, 1e-2], "smooth": [2.4, None]},
    }
    frame = why_more.rates(found)
    assert frame["log_rate"].tolist() == pytest.approx([-4, -2, 0])
    assert frame["plain"].isna().tolist() == [False, True, True]
    assert why_more.limits(frame, list(NAMES), 2.4) == (1.5, 2.5)


def test_the_confusion_has_shares_of_each_row_and_numbers_for_unknown_classes():
    frame = why_more.confusion({"matrix": [[8, 2], [0, 0]]}, ["cat"])
    assert frame["truth"].tolist() == ["cat", "cat", "1", "1"]
    assert frame["share"].tolist() == pytest.approx([0.8, 0.2, 0.0, 0.0])
    spec = why_more.confusion_map("net", TITLES, ["cat", "1"])
    assert spec["height"] == 2 * why_more.CELL + why_more.NAMES and spec["encoding"]["x"][
        "sort"
    ] == ["cat", "1"]


def test_maps_are_one_picture_with_clear_gaps():
    kernels = [[[[255, 0, 0]] * 3] * 3] * 9
    picture = why_more.maps({"kernels": kernels, "maps": [[[[0, 255], [255, 0]]] * 4]})
    side = why_more.MAP + why_more.GAP
    assert picture.shape == (3 * side - why_more.GAP, 8 * side - why_more.GAP, 4)
    assert picture[0, 0].tolist() == [255, 0, 0, 255]
    assert picture[0, why_more.MAP].tolist() == [0, 0, 0, 0]
    assert picture[2 * side, 0, 0] == 0 and picture[2 * side, why_more.MAP - 1, 0] == 255
    assert np.all(picture[2 * side :, 4 * side :, 3] == 0), "four maps, and nothing after them"
