"""The small curves on the card of an experiment."""

from resnet_core.experiment.presets import PRESETS
from study.practice import recorded_curves
from ui.charts.training import thumbnail

NAMES = {"residual": "with skips", "plain": "without"}


def test_every_preset_has_a_recorded_run_to_show():
    for name, preset in PRESETS.items():
        kept = recorded_curves.load(name)
        assert set(kept["arms"]) == set(preset.arms)
        assert len(kept["arms"]["plain"]["loss"]) == preset.train.steps


def test_a_long_run_is_thinned_and_a_first_peak_does_not_flatten_the_rest():
    losses = {"residual": [9.0] + [1.0] * 599, "plain": [2.3] * 600}
    shown = thumbnail.frame(losses, NAMES)
    assert len(shown) <= 2 * (thumbnail.POINTS + 1)
    spec = thumbnail.thumbnail(shown, NAMES)
    assert spec["encoding"]["y"]["scale"]["domain"] == [1.0, thumbnail.HIGHEST]
    assert spec["encoding"]["color"]["scale"]["domain"] == list(NAMES.values())
