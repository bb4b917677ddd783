"""Experiments refuse what cannot be trained and survive a trip through JSON."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resnet_core import shipped
from resnet_core.experiment.config import Experiment, ExperimentError, NetConfig, TrainConfig
from resnet_core.experiment.presets import PRESETS

DOCS = Path(__file__).resolve().parents[3] / "docs"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "arms", "train", "depth", "steps", "dataset", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_the_same_after_a_trip_through_json(name):
    text = json.dumps(PRESETS[name].to_json())
    assert Experiment.from_json(json.loads(text)) == PRESETS[name]


@pytest.mark.parametrize("name", ["skips-56", "fast-20", "no-bn-56"])
def test_the_arms_of_a_preset_differ_in_the_skips_alone(name):
    residual, plain = PRESETS[name].arms["residual"], PRESETS[name].arms["plain"]
    assert residual.skip and not plain.skip
    assert {k for k in vars(residual) if vars(residual)[k] != vars(plain)[k]} == {"skip"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("depth", 21),
        ("depth", 2),
        ("depth", True),
        ("depth", 20.0),
        ("width", 3),
        ("width", 161),
        ("shortcut", "D"),
        ("init", "lecun"),
        ("skip", 1),
        ("classes", 1),
    ],
)
def test_a_net_that_cannot_be_is_refused_by_name(field, value):
    with pytest.raises(ExperimentError, match=field):
        NetConfig(**{field: value})


def test_every_bad_value_is_named_at_once():
    with pytest.raises(ExperimentError) as caught:
        TrainConfig(steps=-1, batch=1, learning_rate=float("nan"))
    assert all(name in str(caught.value) for name in ("steps", "batch", "learning_rate"))


def test_the_classes_of_the_net_are_those_of_the_data():
    with pytest.raises(ExperimentError, match="classes"):
        Experiment("x", {"a": NetConfig(classes=10)}, dataset="cifar100")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("measure", ("shatter", "shatter")),
        ("measure", ("magic",)),
        ("measure", "shatter"),
        ("weights", "../other"),
        ("weights", "a/b"),
        ("weights", "x" * 200),
        ("weights", None),
    ],
)
def test_a_diagnostic_or_weights_that_cannot_be_are_refused_by_name(field, value):
    with pytest.raises(ExperimentError, match=field):
        Experiment("x", {"a": NetConfig()}, **{field: value})


def test_what_a_run_measures_and_starts_from_survives_json():
    experiment = Experiment(
        "x", {"a": NetConfig()}, TrainConfig(steps=0), measure=("shatter",), weights="shipped"
    )
    assert Experiment.from_json(json.loads(json.dumps(experiment.to_json()))) == experiment
    old = {k: v for k, v in experiment.to_json().items() if k not in ("measure", "weights")}
    assert Experiment.from_json(old) == replace(experiment, measure=(), weights="")


def test_an_unknown_field_is_refused():
    data = PRESETS["fast-20"].to_json()
    data["train"]["learnig_rate"] = 0.1
    with pytest.raises(ExperimentError, match="learnig_rate"):
        Experiment.from_json(data)


@settings(deadline=None)  # a busy machine is no failure
@given(JSON)
def test_wild_json_is_an_experiment_or_a_sentence(data):
    try:
        Experiment.from_json(data)
    except ExperimentError as error:
        assert "cannot be run" in str(error)


def test_warm_up_rises_to_the_rate_and_stays():
    train = TrainConfig(learning_rate=0.1, warmup=4)
    assert [train.rate_at(step) for step in range(6)] == pytest.approx(
        [0.025, 0.05, 0.075, 0.1, 0.1, 0.1]
    )


def test_the_rate_falls_to_a_tenth_at_each_named_step_and_from_the_peak_chosen_meanwhile():
    train = TrainConfig(learning_rate=0.1, warmup=1, decay_at=(2, 4))
    assert [train.rate_at(step) for step in range(5)] == pytest.approx(
        [0.1, 0.1, 0.01, 0.01, 0.001]
    )
    assert train.rate_at(3, peak=0.5) == pytest.approx(0.05)


@pytest.mark.parametrize("steps", [(4, 2), (2, 2), (0,), (1.5,), "12", 3, None])
def test_falls_of_the_rate_that_are_no_rising_steps_are_refused(steps):
    with pytest.raises(ExperimentError, match="decay_at"):
        TrainConfig(decay_at=steps)


def test_the_recipe_in_the_docs_is_the_papers_in_its_proportions():
    recipe = json.loads((DOCS / "resnet-20.json").read_text("utf-8"))
    experiment = Experiment.from_json(recipe)
    assert Experiment.from_json(json.loads(json.dumps(experiment.to_json()))) == experiment
    train = experiment.train
    assert [fall / train.steps for fall in train.decay_at] == [0.5, 0.75]
    assert (train.learning_rate, train.momentum, train.weight_decay) == (0.1, 0.9, 1e-4)


def test_the_weights_that_ship_are_those_of_the_recipe_in_the_docs():
    recipe = json.loads((DOCS / "twins-20.json").read_text("utf-8"))
    experiment = Experiment.from_json(recipe)
    for net in experiment.arms.values():
        shipped_net = shipped.find(net)
        train = experiment.train
        assert shipped_net.recipe == {**asdict(train), "decay_at": [], "seed": experiment.seed}
        assert shipped_net.steps == train.steps
