"""The charts of the diagnostics: every layer, block and length, and whose line is whose."""

import pytest

from ui.charts.diagnostics import why

NAMES = {"residual": "Residual", "plain": "Plain"}
TITLES = dict.fromkeys(("layer", "name", "arm", "value", "block", "length", "binomial"), "x")


def test_layers_blocks_and_lengths_come_in_order_with_a_column_for_each_arm():
    shatter = {arm: {"layers": ["a", "b"], "lag_1": [0.9, None]} for arm in NAMES}
    frame = why.by_layer(shatter, "lag_1")
    assert list(frame["layer"]) == [1, 2] and list(frame["name"]) == ["a", "b"]
    assert frame["plain"].isna().tolist() == [False, True]
    lesion = {arm: {"blocks": ["a"], "without": [0.5]} for arm in NAMES}
    assert list(why.by_block(lesion).columns) == ["block", "name", "residual", "plain"]
    paths = {
        "residual": {"share": [0.1, 0.5, 0.4], "binomial": [0.25, 0.5, 0.25]},
        "plain": {"share": [0.0, 0.0, 1.0], "binomial": [0.0, 0.0, 1.0]},
    }
    frame = why.by_length(paths)
    assert list(frame["length"]) == [0, 1, 2]
    assert list(frame["binomial"]) == [0.25, 0.5, 0.25], "the net with many paths spreads"


@pytest.mark.parametrize(("value", "low"), [(0.3, 0.0), (-0.27, -0.3), (-5.0, -1.0)])
def test_the_scale_of_a_line_ends_at_one_and_shows_what_is_below_zero(value, low):
    found = {"residual": {"layers": ["a"], "lag_1": [value]}}
    frame = why.by_layer(found, "lag_1").rename(columns=NAMES)
    spec = why.lines(frame, {"residual": "Residual"}, TITLES)
    assert spec["encoding"]["y"]["scale"]["domain"] == [low, why.TOP]


def test_each_whole_net_has_its_line_in_its_colour_and_the_binomial_a_line_of_its_own():
    spec = why.bars("block", NAMES, TITLES, {"residual": 0.8, "plain": 0.7})
    rules = [layer["encoding"] for layer in spec["layer"][1:]]
    assert [rule["y"]["datum"] for rule in rules] == [0.8, 0.7]
    assert [rule["color"]["datum"] for rule in rules] == ["Residual", "Plain"]
    assert len(why.with_binomial(spec, TITLES)["layer"]) == len(spec["layer"]) + 1
