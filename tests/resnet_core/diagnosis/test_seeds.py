"""Seeds in words: their number and their spread, over the complete ones alone."""

import math
from statistics import stdev

import pytest

from base.catalogue import catalogue
from resnet_core import runs
from resnet_core.diagnosis import seeds

STEPS = 20


def without_number(found, seed, step):
    """Let the plain arm of a seed have a loss that is no number, and end the seed there."""
    for one in found.by_seed:
        if one.seed == seed:
            one.events = [e for e in one.events if e.get("step", 0) <= step]
            for event in one.of("step", "plain")[-1:]:
                event["loss"] = None
    return found


def past(*levels, short=None, changed=()):
    """Two arms; seed k trains at loss `levels[k]`, the plain arm 0.4 above it."""
    events = []
    for seed, level in enumerate(levels):
        events.append({"kind": "started", "seed": seed, "from_step": 0})
        for step in range(short if short and seed == len(levels) - 1 else STEPS):
            for arm, loss in (("residual", level), ("plain", level + 0.4)):
                values = {"loss": loss, "accuracy": 0.3, "elapsed_s": float(step)}
                events.append({"kind": "step", "arm": arm, "seed": seed, "step": step, **values})
        if seed in changed:
            changed_to = {"learning_rate": 0.1}
            events.append({"kind": "control", "seed": seed, "step": 5, "changed": changed_to})
        for arm in ("residual", "plain"):
            found = {"accuracy": 0.3 + seed / 100, "loss": 2.0, "images": 100}
            events.append({"kind": "eval", "arm": arm, "seed": seed, "step": STEPS, **found})
    return runs.History().add(events)


def test_the_spread_is_the_standard_deviation_of_the_seeds():
    found = seeds.spread([1.59, 1.62, 1.65])
    assert found is not None and found.count == 3
    assert (found.mean, found.deviation) == pytest.approx((1.62, 0.03))
    assert math.isnan(seeds.spread([1.6]).deviation)
    assert seeds.spread([]) is None and seeds.spread([1.0, math.inf]) is None


def test_only_complete_seeds_count():
    found = past(1.5, 1.6, 1.9, short=7)
    done = seeds.complete(found, STEPS)
    assert [one.seed for one in done] == [0, 1]
    words = str(seeds.loss_words(done, "plain"))
    assert "1.95 ± 0.07 over 2 seeds" in words
    assert "30.5 % ± 0.7" in str(seeds.accuracy_words(done, "residual"))
    assert seeds.accuracy_words(done[:1], "residual") is None
    assert "1.90" in str(seeds.loss_words(done[:1], "plain"))


def test_in_how_many_seeds_the_twins_came_apart_is_said():
    words = str(seeds.apart_words(seeds.complete(past(1.5, 1.6, 1.7), STEPS)))
    assert words.startswith("The losses come apart in 3 of 3 complete seeds, at step 9")
    not_learnt = seeds.apart_words(seeds.complete(past(2.2, 2.3), STEPS))
    assert not_learnt.key == "seeds.never_apart" and "any of the 2" in str(not_learnt)


def test_a_loss_that_is_no_number_is_said_and_not_averaged():
    words = seeds.loss_words(past(1.5, math.inf).by_seed, "plain")
    assert words.key == "seeds.not_finite"


def test_seeds_that_were_not_steered_alike_are_told_apart():
    assert seeds.steered_alike(past(1.5, 1.6).by_seed)
    assert seeds.steered_alike(past(1.5, 1.6, changed=(0, 1)).by_seed)
    assert not seeds.steered_alike(past(1.5, 1.6, changed=(0,)).by_seed)


def test_the_loss_of_a_prediction_is_that_of_all_seeds():
    levels = (1.5, 1.6)
    assert seeds.mean_loss(past(*levels), "residual") == pytest.approx(1.55)
    deviation = f"{stdev(levels):.2f}"
    assert deviation in str(seeds.loss_words(past(*levels).by_seed, "residual"))
    assert "{deviation}" in catalogue("zh")["seeds.loss"]


def test_a_seed_that_diverged_is_named_and_is_in_no_mean():
    found = without_number(past(1.5, 9.0, 1.7), 1, 7)
    done = seeds.complete(found, STEPS)
    assert [one.seed for one in done] == [0, 2]
    assert [one.seed for one in seeds.diverged(found)] == [1]
    assert str(seeds.diverged_words(seeds.diverged(found)[0])) == (
        "Seed 1 diverged at step 7 (plain)."
    )
    assert seeds.mean_loss(found, "residual") == pytest.approx(1.6)
    assert seeds.loss_words(done, "plain").values["seeds"] == 2
    alone = without_number(past(1.5), 0, 7)
    assert seeds.complete(alone, STEPS) == [] and math.isinf(seeds.mean_loss(alone, "plain"))


def test_a_seed_that_diverged_at_its_very_last_step_is_not_complete():
    found = without_number(past(1.5, 1.6), 1, STEPS - 1)
    assert [one.seed for one in seeds.complete(found, STEPS)] == [0]
