"""What is said of the diagnostics: the numbers that were measured, a caveat, a paper."""

import pytest

from resnet_core.diagnosis import why
from resnet_core.experiment.diagnostics import DIAGNOSTICS
from resnet_core.runs import History

LESION = {"whole": 0.86, "median_without": 0.7, "trained": True}
FOUND = {
    "shatter": ({"input_lag_1": 0.75}, {"input_lag_1": 0.321}),
    "precision": (
        {"lowest_bfloat16": 0.95, "lowest_float32": 1.0},
        {"lowest_bfloat16": 0.42, "lowest_float32": 0.9996},
    ),
    "lesion": (LESION, {"whole": 0.8, "median_without": 0.11, "trained": True}),
    "paths": ({"mean_length": 4.2, "binomial_mean": 4.5, "blocks": ["b"] * 9}, {}),
    "loss_slice": (
        {"half_width_moving": 0.57, "half_width_batch": None},
        {"half_width_moving": 0.61, "half_width_batch": 0.98},
    ),
    "rate_range": ({"steepest": 0.021, "lowest": 0.3}, {"steepest": 0.01, "lowest": None}),
    "confusion": (
        {"accuracy": 0.861, "calibration_error": 0.034},
        {"accuracy": 0.84, "calibration_error": 0.05},
    ),
}
SAID = {
    "shatter": ("0.75", "0.32"),
    "precision": ("0.95", "0.42", "1.000"),
    "lesion": ("86 %", "70 %", "80 %", "11 %"),
    "paths": ("4.2 of 9", "4.5"),
    "loss_slice": ("0.57", "> 1", "0.61", "0.98"),
    "rate_range": ("0.021", "0.3", "0.01", "–"),
    "confusion": ("86.1 %", "3.4", "84.0 %", "5.0"),
}


@pytest.mark.parametrize("name", FOUND)
def test_the_sentence_holds_what_was_measured_of_both(name):
    residual, plain = FOUND[name]
    sentence = why.finding(name, {"residual": residual, "plain": plain})
    assert sentence is not None and all(part in str(sentence) for part in SAID[name])


def test_nothing_is_said_of_one_net_or_of_untrained_lesions():
    assert why.finding("shatter", {"residual": FOUND["shatter"][0]}) is None
    untrained = {**LESION, "trained": False}
    sentence = why.finding("lesion", {"residual": untrained, "plain": untrained})
    assert sentence is not None and "86" not in str(sentence)


@pytest.mark.parametrize("name", DIAGNOSTICS)
def test_every_diagnostic_has_its_caveat_and_its_paper(name):
    assert str(why.caveat(name)) and "arXiv" in str(why.paper(name))


def test_the_newest_figures_count_and_all_seconds():
    events = [
        {"kind": "diagnostic", "name": "paths", "arm": arm, "step": step, "figures": {"k": step},
         "seconds": 1.5}
        for step in (0, 4)
        for arm in ("residual", "plain")
    ]  # fmt: skip
    past = History().add(events)
    assert why.measured(past, "paths") == {"residual": {"k": 4}, "plain": {"k": 4}}
    assert why.seconds(past, "paths") == 6.0 and why.measured(past, "lesion") == {}
