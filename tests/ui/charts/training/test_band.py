"""The band of several seeds: mean and deviation as NumPy has them, within the scale."""

import numpy as np
import pytest

from resnet_core import runs
from ui.charts import download
from ui.charts.training import band, curves

NAMES = {"residual": "残差网络", "plain": "普通网络"}
TITLES = dict.fromkeys(("value", "step", "arm", "seed", "mean", "low", "high"), "x")
LEVELS = (1.0, 1.5, 2.6)


def past(*levels, short=30):
    events = []
    for seed, level in enumerate(levels):
        events.append({"kind": "started", "seed": seed, "from_step": 0})
        events += [
            {"kind": "step", "arm": arm, "seed": seed, "step": step, "loss": level + arm_adds}
            for step in range(30 if seed < len(levels) - 1 else short)
            for arm, arm_adds in (("residual", 0.0), ("plain", 1.0))
        ]
    return runs.History().add(events)


def test_mean_and_band_are_those_of_the_complete_seeds():
    whole = past(*LEVELS, 9.0, short=4)
    frame = band.drawn(whole.finished, whole, NAMES, "loss", curves.Scale(0.0, 4.0))
    last = frame[(frame["arm"] == "残差网络") & (frame["step"] == 29)].iloc[0]
    half = np.std(LEVELS, ddof=1)
    assert last["mean"] == pytest.approx(np.mean(LEVELS), abs=1e-5)
    assert (last["low"], last["high"]) == pytest.approx((1.7 - half, 1.7 + half), abs=1e-5)
    now = frame[frame["now"].notna()]
    assert sorted(set(now["step"])) == [0, 1, 2, 3] and set(now["now"]) == {9.0, 10.0}


def test_one_complete_seed_has_no_band_and_a_band_ends_with_the_scale():
    one = past(1.0).by_seed
    frame = band.drawn(one, None, NAMES, "loss", curves.Scale(0.1, 10.0, log=True))
    assert (frame["low"] == frame["high"]).all() and frame["now"].isna().all()
    wide = band.drawn(past(0.2, 3.0).by_seed, None, NAMES, "loss", curves.Scale(0.1, 10.0))
    assert wide["low"].min() == pytest.approx(0.1)


def test_the_numbers_have_a_column_for_each_seed():
    frame = band.table(past(*LEVELS).by_seed, list(NAMES), "loss")
    assert list(frame.columns)[:6] == [
        "step", "residual", "residual ±", "residual #0", "residual #1", "residual #2",
    ]  # fmt: skip
    assert frame["residual ±"].iloc[0] == pytest.approx(np.std(LEVELS, ddof=1), rel=1e-6)
    words = download.ChartText("t", dict(NAMES), {"step": "step", "value": "loss"})
    assert download.lines_png(frame, "step", (0.0, 4.0), False, words).startswith(b"\x89PNG")


def test_the_chart_draws_area_thin_line_and_mean():
    spec = band.spec(NAMES, TITLES, curves.Scale(0.0, 4.0), 120, [(5, "x")], guess=2.3)
    marks = [layer["mark"]["type"] for layer in spec["layer"]]
    assert marks == ["rule", "area", "line", "line", "rule", "text"]
    assert spec["layer"][1]["encoding"]["y2"] == {"field": "high"}


def test_a_seed_that_diverged_is_a_thin_line_with_a_cross_where_its_numbers_end():
    whole = past(*LEVELS, 3.0, short=5)
    for event in whole.of("step", "plain")[-1:]:
        event["loss"] = None
    gone, ends = [whole], curves.Scale(0.0, 3.5)
    frame = band.drawn(whole.finished, None, NAMES, "loss", ends, gone)
    thin = frame[frame["now"].notna() & (frame["arm"] == "普通网络")]
    assert set(thin["seed"]) == {"3"} and set(thin["step"]) == {0, 1, 2, 3, 4}
    plain = frame[frame["arm"] == "普通网络"]
    assert plain["mean"].dropna().iloc[-1] == pytest.approx(1 + np.mean(LEVELS), abs=1e-5)
    (cross,) = band.crosses(gone, NAMES, "loss", ends)
    assert (cross["arm"], cross["seed"], cross["at"]) == ("普通网络", "3", 3.5)
    spec = band.spec(NAMES, TITLES, ends, 120, crossed=[cross])
    assert [one for one in spec["layer"] if one.get("data") == {"values": [cross]}]
    table = band.table(whole.finished, list(NAMES), "loss", gone)
    assert "plain #3 ✕" in table.columns and "plain #2" in table.columns


def test_seeds_that_all_diverged_leave_thin_lines_alone():
    whole = past(1.0, short=3)
    for event in whole.of("step")[-2:]:
        event["loss"] = None
    frame = band.drawn([], None, NAMES, "loss", curves.Scale(0.0, 4.0), [whole])
    assert frame["mean"].isna().all() and frame["now"].notna().any()
    assert len(band.crosses([whole], NAMES, "loss", curves.Scale(0.0, 4.0))) == 2
