"""Fine-tuning as it is described: what is checked, what old files mean, and its phases."""

import json
from dataclasses import replace
from itertools import product

import pytest

from base.catalogue import catalogue
from resnet_core import library
from resnet_core.experiment import link
from resnet_core.experiment.config import (
    CLASSES,
    Experiment,
    ExperimentError,
    NetConfig,
    TrainConfig,
    Way,
)
from resnet_core.experiment.fine_tuning.comparisons import COMPARISONS, comparison, on
from resnet_core.experiment.fine_tuning.kinds import NORMS, PARTS, SPLITS
from resnet_core.jobs.estimates import configuration, estimate
from resnet_core.runs import sources

WAYS = {"a": Way(), "b": Way("last-stage", 3, 0.1, "batch")}
MOVED = comparison("moved", WAYS, TrainConfig(steps=8), images=40, source_steps=5)


def test_a_fine_tuning_is_the_same_after_json_and_in_a_link():
    assert Experiment.from_json(json.loads(json.dumps(MOVED.to_json()))) == MOVED
    assert link.decode(link.encode(link.Shared(MOVED))).experiment == MOVED


def test_an_experiment_without_one_is_written_and_read_as_before():
    plain = Experiment("plain", {"net": NetConfig(8, 4)})
    old = {name: value for name, value in plain.to_json().items() if name != "fine_tuning"}
    assert Experiment.from_json(old) == plain and plain.fine_tuning is None


@pytest.mark.parametrize(("split", "dataset"), list(product(SPLITS, CLASSES)))
def test_a_split_has_each_class_once(split, dataset):
    learned, new = SPLITS[split].learned[dataset], SPLITS[split].new[dataset]
    assert len(learned) >= 4 and len(new) >= 4
    both = [*learned, *new]
    assert len(set(both)) == len(both) and set(both) <= set(range(CLASSES[dataset]))


def test_every_variant_and_comparison_has_its_words():
    for language in ("zh", "en"):
        known = catalogue(language)
        for kind, names in (("split", SPLITS), ("trains", PARTS), ("norms", NORMS)):
            assert all(f"fine_tuning.{kind}_{name}" in known for name in names)
            assert all(f"fine_tuning.{kind}_{name}_what" in known for name in names)
        for name, one in COMPARISONS.items():
            assert {f"fine_tuning.{name}.title", f"fine_tuning.{name}.what"} <= known.keys()
            assert all(f"arm.{arm}" in known for arm in one.arms)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"fine_tuning": replace(MOVED.fine_tuning, ways={"a": Way()})}, "ways"),
        ({"weights": "shipped"}, "weights"),
        ({"train": TrainConfig(steps=0)}, "steps"),
        ({"arms": dict.fromkeys(WAYS, NetConfig(classes=10))}, "classes"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(change, said):
    with pytest.raises(ExperimentError, match=said):
        replace(MOVED, **change)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"trains": "tail"}, "trains"),
        ({"norms": "melted"}, "norms"),
        ({"head_first": -1}, "head_first"),
        ({"body_rate": 0.0}, "body_rate"),
        ({"pretrained": False}, "moving averages"),
    ],
)
def test_a_way_says_what_is_wrong_with_it(values, said):
    with pytest.raises(ExperimentError, match=said):
        Way(**values)


def test_a_file_with_a_foreign_field_is_refused():
    data = MOVED.to_json()
    data["fine_tuning"]["ways"]["a"]["speed"] = 3
    with pytest.raises(ExperimentError, match="speed"):
        Experiment.from_json(data)


def test_the_head_comes_first_then_what_the_way_trains():
    way = Way("last-stage", head_first=3, norms="batch")
    before, after = way.phase_at(2), way.phase_at(3)
    layers = ("stem_conv", "stage2_block1_bn1", "stage3_block1_conv1", "head")
    assert [before.trains(layer) for layer in layers] == [False, False, False, True]
    assert [after.trains(layer) for layer in layers] == [False, False, True, True]
    assert (before.batch_statistics, after.batch_statistics) == (False, True)
    assert [way.begins_at(step) for step in range(5)] == [False, False, False, True, False]


def test_batch_statistics_follow_the_mode_and_what_is_trained():
    by_mode = {
        norms: [Way(part, norms=norms).phase_at(0).batch_statistics for part in ("head", "all")]
        for norms in NORMS
    }
    assert by_mode == {
        "frozen": [False, False],
        "batch": [False, True],
        "drifting": [True, True],
    }


def test_a_comparison_fits_every_data_set():
    for one, dataset in product(COMPARISONS.values(), CLASSES):
        moved = on(one, dataset)
        assert moved.classes == len(moved.fine_tuning.new(dataset))


def test_only_what_a_source_depends_on_names_its_file(own_home):
    place = sources.path(MOVED, "a")
    assert place == sources.path(replace(MOVED, train=TrainConfig(steps=9)), "b")
    assert place != sources.path(replace(MOVED, seed=1), "a")
    longer = replace(MOVED.fine_tuning, source_steps=6)
    assert place != sources.path(replace(MOVED, fine_tuning=longer), "a")


def test_the_source_counts_in_the_estimate_until_it_is_kept(own_home):
    fresh = Way(norms="batch", pretrained=False)
    assert sources.missing(comparison("fresh", {"a": fresh})) == []
    assert sources.missing(MOVED) == ["b"] or sources.missing(MOVED) == ["a"]
    before = estimate(MOVED).seconds
    sources.keep(sources.path(MOVED, "a"), sources.About("data", "code"), {})
    assert sources.missing(MOVED) == [] and estimate(MOVED).seconds < before
    assert configuration(MOVED) != configuration(replace(
        MOVED, fine_tuning=None, arms=dict.fromkeys(WAYS, NetConfig())))  # fmt: skip


def test_a_source_of_other_images_or_code_or_a_damaged_one_is_none(own_home, tmp_path):
    place = tmp_path / "sources" / "one.npz"
    assert sources.find(place, "data", "code") is None
    sources.keep(place, sources.About("data", "code", 0.5, 10), {})
    about, arrays = sources.find(place, "data", "code")
    assert (about.accuracy, about.images, arrays) == (0.5, 10, {})
    assert sources.find(place, "other", "code") is None
    assert sources.find(place, "data", "other") is None
    place.write_bytes(b"torn")
    assert sources.find(place, "data", "code") is None


def test_what_sets_two_fine_tunings_apart_is_told_by_arm():
    other = replace(MOVED.fine_tuning, images=80, ways={"a": Way(), "b": Way("head")})
    rows = library.differences([MOVED, replace(MOVED, fine_tuning=other)])
    told = {row.setting: row.values for row in rows}
    assert told["images"] == ({"": 40}, {"": 80})
    assert told["trains"] == ({"a": "all", "b": "last-stage"}, {"a": "all", "b": "head"})
