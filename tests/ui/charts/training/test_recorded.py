"""The curves of a recorded run: small on the card of an experiment, large in a quiz."""

from resnet_core.experiment.presets import PRESETS
from study.practice import recorded_curves
from ui.charts.palette import COLOURS
from ui.charts.training import recorded

NAMES = {"residual": "with skips", "plain": "without"}


def test_every_preset_has_a_recorded_run_to_show():
    for name, preset in PRESETS.items():
        kept = recorded_curves.load(name)
        assert set(kept["arms"]) == set(preset.arms)
        assert len(kept["arms"]["plain"]["loss"]) == preset.train.steps


def test_a_long_run_is_thinned_and_a_first_peak_does_not_flatten_the_rest():
    losses = {"residual": [9.0] + [1.0] * 599, "plain": [2.3] * 600}
    lines = {arm: list(enumerate(loss)) for arm, loss in losses.items()}
    shown = recorded.frame(recorded.thinned(lines), NAMES)
    assert len(shown) <= 2 * (recorded.POINTS + 1)
    spec = recorded.thumbnail(shown, NAMES)
    assert spec["encoding"]["y"]["scale"]["domain"] == [1.0, recorded.HIGHEST]
    assert spec["encoding"]["color"]["scale"]["domain"] == list(NAMES.values())


def test_a_net_has_its_colour_on_a_large_chart_too_in_whatever_order_the_arms_stand():
    spec = recorded.chart({"plain": "without", "residual": "with"}, "layer", "norm", log=True)
    colour, y = spec["encoding"]["color"]["scale"], spec["encoding"]["y"]
    assert colour == {"domain": ["without", "with"], "range": [COLOURS[1], COLOURS[0]]}
    assert y["title"] == "norm" and y["scale"] == {"type": "log"}
