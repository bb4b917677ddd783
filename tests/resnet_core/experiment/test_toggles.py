"""Toggles: what is refused and why, what old files mean, the schedules, and the names."""

import json
from itertools import product
from pathlib import Path

import pytest

from resnet_core.experiment import arithmetic
from resnet_core.experiment.checks.combinations import against_net
from resnet_core.experiment.config import Experiment, ExperimentError, NetConfig, TrainConfig
from resnet_core.experiment.net import ACTIVATIONS, BLOCKS, ORDERS, SHORTCUTS, STARTS
from resnet_core.experiment.plan import net as plan
from resnet_core.experiment.train import OPTIMIZERS
from resnet_core.experiment.variants.registry import Registry
from resnet_core.experiment.variants.schedule import SCHEDULES
from resnet_core.jobs.estimates import configuration

OLD = {  # as an earlier version wrote it
    "name": "custom",
    "arms": {
        "net": {
            "depth": 20,
            "width": 16,
            "skip": True,
            "shortcut": "B",
            "batch_norm": True,
            "init": "he",
            "classes": 10,
        }
    },
    "train": {"steps": 8, "learning_rate": 0.1, "decay_at": [4, 6], "warmup": 2},
    "dataset": "cifar10",
    "seed": 0,
}


def test_every_variant_has_its_name_and_the_default_comes_first():
    assert list(SHORTCUTS) == ["A", "B", "C", "dropout", "1x1", "scaled"]
    assert set(ORDERS) == {"post", "pre", "bn-after-add", "relu-before-add"}
    assert set(BLOCKS) == {"basic", "bottleneck"}
    assert set(STARTS) == {"standard", "zero-gamma", "skipinit"}
    assert set(SCHEDULES) == {"step", "constant", "cosine", "one-cycle"}
    assert set(OPTIMIZERS) == {"sgd", "nesterov", "adamw"}
    defaults = NetConfig(), TrainConfig()
    firsts = [next(iter(kind)) for kind in (SHORTCUTS, ORDERS, BLOCKS, STARTS, SCHEDULES)]
    assert firsts == [
        *(getattr(defaults[0], name) for name in ("shortcut", "order", "block", "start")),
        defaults[1].schedule,
    ]
    assert OPTIMIZERS[0] == defaults[1].optimizer


def test_a_name_is_given_once():
    kind: Registry[int] = Registry("number", "one")
    kind.register("one")(1)
    with pytest.raises(ValueError, match="'one'"):
        kind.register("one")(2)


def test_an_experiment_of_an_earlier_version_means_what_it_meant():
    found = Experiment.from_json(json.loads(json.dumps(OLD)))
    net, train = found.arms["net"], found.train
    assert net == NetConfig(shortcut="B")
    assert arithmetic.parameters(net) == 272_474
    assert [train.rate_at(step) for step in range(8)] == pytest.approx(
        [0.05, 0.1, 0.1, 0.1, 0.01, 0.01, 0.001, 0.001]
    )
    assert configuration(found) == "20w16-skip-bn-B batch 128 float32 flow every 1"


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"skip": False, "start": "skipinit"}, "combination.silent_plain"),
        ({"skip": False, "start": "zero-gamma"}, "combination.silent_plain"),
        ({"batch_norm": False, "start": "zero-gamma"}, "combination.gamma_without_norm"),
        ({"order": "pre", "start": "zero-gamma"}, "combination.gamma_not_last"),
        ({"order": "bn-after-add", "start": "zero-gamma"}, "combination.gamma_not_last"),
        ({"order": "relu-before-add", "start": "zero-gamma"}, "combination.gamma_behind_relu"),
        ({"order": "bn-after-add", "batch_norm": False}, "combination.order_without_norm"),
    ],
)
def test_a_net_without_sense_is_refused_with_its_reason(values, key):
    with pytest.raises(ExperimentError) as caught:
        NetConfig(**values)
    assert caught.value.message.key == key
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"schedule": "cosine", "decay_at": (5,)}, "combination.falls"),
        ({"schedule": "one-cycle", "warmup": 5}, "combination.warmup_twice"),
        ({"optimizer": "nesterov", "momentum": 0}, "combination.nesterov_without_momentum"),
    ],
)
def test_a_way_of_training_without_sense_is_refused_with_its_reason(values, key):
    with pytest.raises(ExperimentError) as caught:
        TrainConfig(**values)
    assert caught.value.message.key == key


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("order", "after"),
        ("order", ["post"]),
        ("block", None),
        ("start", 1),
        ("squeeze", "yes"),
        ("separable", 1),
        ("kernel", 7),
        ("kernel", 3.0),
        ("activation", "sigmoid"),
    ],
)
def test_a_toggle_that_is_unknown_is_refused_by_name(field, value):
    with pytest.raises(ExperimentError, match=field):
        NetConfig(**{field: value})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("optimizer", "adam"),
        ("schedule", {}),
        ("clip_norm", -1),
        ("label_smoothing", 1),
        ("decay_norms", 0),
    ],
)
def test_a_way_of_training_that_is_unknown_is_refused_by_name(field, value):
    with pytest.raises(ExperimentError, match=field):
        TrainConfig(**{field: value})


def test_bottlenecks_come_in_nines():
    assert NetConfig(56, block="bottleneck").blocks_per_stage == 6
    with pytest.raises(ExperimentError, match=r"9n \+ 2"):
        NetConfig(14, block="bottleneck")
    for depth in (20, 164):
        net = NetConfig(depth, block="bottleneck")
        assert len(arithmetic.weight_layers(net)) == depth
        assert [block.channels for block in plan.blocks_of(net)][-1] == 256


def test_the_pre_activation_resnet_164_has_the_papers_1_7_million_weights():
    """He et al. 2016, arXiv:1603.05027, Table 4: ResNet-164 has 1.7 million."""
    net = NetConfig(164, order="pre", block="bottleneck", shortcut="B")
    assert arithmetic.parameters(net) / 1e6 == pytest.approx(1.7, abs=0.05)


def test_a_separable_convolution_is_cheaper_by_its_two_parts():
    rows = {row.name: row for row in arithmetic.layers(NetConfig(20, separable=True))}
    usual = {row.name: row for row in arithmetic.layers(NetConfig(20))}
    name = "stage3_block2_conv1"
    both = rows[name].macs + rows[f"{name}_point"].macs
    assert both / usual[name].macs == pytest.approx(1 / 64 + 1 / 9)


def test_every_combination_is_a_net_that_can_be_counted_or_a_reason():
    refused = []
    for shortcut, order, block, start, skip, norm, activation in product(
        SHORTCUTS, ORDERS, BLOCKS, STARTS, (True, False), (True, False), ACTIVATIONS[:2]
    ):
        try:
            net = NetConfig(
                20, 4, skip, shortcut, norm,
                order=order, block=block, start=start, activation=activation,
            )  # fmt: skip
        except ExperimentError as error:
            assert error.message.key.startswith("combination.")
            refused.append((order, start, skip, norm))
        else:
            assert against_net(net) is None and arithmetic.parameters(net) > 0
    assert refused and not [
        one for one in refused if one[1:3] == ("standard", True) and one[0] != "bn-after-add"
    ]


@pytest.mark.parametrize("shortcut", SHORTCUTS)
def test_only_projections_have_weights(shortcut):
    assert arithmetic.skips_have_weights(NetConfig(shortcut=shortcut)) == (
        shortcut in ("B", "C", "1x1")
    )


def test_a_cosine_falls_from_the_peak_after_the_warm_up_to_almost_nothing():
    train = TrainConfig(steps=12, learning_rate=1.0, schedule="cosine", warmup=2)
    rates = [train.rate_at(step) for step in range(12)]
    assert rates[:3] == [0.5, 1.0, 1.0]
    assert rates[7] == pytest.approx(0.5)
    assert rates[2:] == sorted(rates[2:], reverse=True) and 0 < rates[-1] < 0.03
    assert train.rate_at(7, peak=0.2) == pytest.approx(0.1)


def test_one_cycle_rises_for_three_tenths_and_falls_to_almost_nothing():
    train = TrainConfig(steps=101, learning_rate=1.0, schedule="one-cycle")
    rates = [train.rate_at(step) for step in range(101)]
    assert rates[0] == pytest.approx(0.04) and rates[100] == pytest.approx(4e-6)
    assert max(rates) == rates[30] == pytest.approx(1.0)
    assert rates[:31] == sorted(rates[:31]) and rates[30:] == sorted(rates[30:], reverse=True)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_a_schedule_gives_a_rate_from_0_to_the_peak_at_every_step(schedule):
    for steps in (1, 2, 7):
        train = TrainConfig(steps=steps, learning_rate=0.3, schedule=schedule)
        assert all(0 <= train.rate_at(step) <= 0.3 for step in range(steps + 2))


def test_the_optimizers_are_the_files_beside_the_training_step():
    folder = Path(__file__).parents[3] / "resnet_core/nn/training/optimizers"
    assert {path.stem for path in folder.glob("[a-z]*.py")} == set(OPTIMIZERS)


def test_toggles_that_cost_time_have_a_speed_of_their_own():
    usual = configuration(Experiment("x", {"a": NetConfig()}))
    others = {
        configuration(Experiment("x", {"a": NetConfig(**values)}, TrainConfig(**how)))
        for values, how in (
            ({"order": "pre"}, {}),
            ({"shortcut": "C"}, {}),
            ({"squeeze": True}, {}),
            ({}, {"optimizer": "adamw"}),
        )
    }
    assert len(others) == 4 and usual not in others
