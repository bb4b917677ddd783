"""Frozen layers, shares of the rate and modes of BatchNorm, against a plain Keras loop."""

import numpy as np
import pytest

from resnet_core.experiment.config import NetConfig, TrainConfig, Way

pytestmark = pytest.mark.tf

tf = pytest.importorskip("tensorflow")
from resnet_core.nn.resnet.network import build_net  # noqa: E402
from resnet_core.nn.training.fine_tuning.arm import FineTunedArm  # noqa: E402

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (8, 32, 32, 3)).astype(np.uint8)
LABELS = RNG.integers(0, 4, 8).astype(np.int32)
MEAN, DEVIATION = np.full(3, 127.5), np.full(3, 64.0)
NET = NetConfig(depth=8, width=4, classes=4)
TRAIN = TrainConfig(batch=8, weight_decay=1e-2)
RATE, HEAD_FIRST = 0.05, 2


def started(way: Way, train: TrainConfig = TRAIN) -> FineTunedArm:
    """An arm whose moving averages are those of a body that has seen images."""
    arm = FineTunedArm(NET, train, way)
    arm.normalise_by(MEAN, DEVIATION)
    arm.take(_with_averages(arm.model))
    return arm


def _with_averages(model) -> list[np.ndarray]:
    rng = np.random.default_rng(1)
    return [
        rng.uniform(0.5, 1.5, value.shape).astype(np.float32) if "moving" in weight.path else value
        for weight, value in zip(model.weights, model.get_weights(), strict=True)
    ]


def walk(arm: FineTunedArm, steps: int, first: int = 0) -> None:
    for step in range(first, first + steps):
        arm.enter(step)
        if step > first and not arm.is_traced(flow=False):
            arm.trace(flow=False)
        arm.step(IMAGES, LABELS, RATE, flow=False)


def weights(model) -> dict[str, np.ndarray]:
    return {w.path: v for w, v in zip(model.weights, model.get_weights(), strict=True)}


def moved(before: dict[str, np.ndarray], after: dict[str, np.ndarray]) -> set[str]:
    return {path for path in before if not np.array_equal(before[path], after[path])}


def keras_loop(way: Way, steps: int) -> dict[str, np.ndarray]:
    """What a user of Keras would write: two phases, a fresh optimizer for each rate in each."""
    model = build_net(NET)
    model.set_weights(_with_averages(model))
    x = tf.constant((IMAGES - MEAN) / DEVIATION, tf.float32)
    loss_of = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    for phase in ("head", way.trains):
        length = way.head_first if phase == "head" else steps - way.head_first
        wanted = {"head": ("head/",), "last-stage": ("head/", "stage3_"), "all": ("",)}[phase]
        trained = [w for w in model.trainable_variables if w.path.startswith(wanted)]
        groups = {
            rate: [w for w in trained if w.path.startswith("head/") == of_head]
            for rate, of_head in ((RATE, True), (RATE * way.body_rate, False))
        }
        makers = {rate: tf.keras.optimizers.SGD(rate, TRAIN.momentum) for rate in groups}
        training = way.norms == "batch" and phase != "head"
        for _ in range(length):
            with tf.GradientTape() as tape:
                loss = loss_of(LABELS, model(x, training=training))
            gradients = dict(zip([w.path for w in trained], tape.gradient(loss, trained),
                                 strict=True))  # fmt: skip
            for rate, group in groups.items():
                told = [gradients[w.path] + TRAIN.weight_decay * w * w.path.endswith("kernel")
                        for w in group]  # fmt: skip
                if group:
                    makers[rate].apply(told, group)
    return weights(model)


@pytest.mark.parametrize(
    "way",
    [
        Way("all", HEAD_FIRST, 0.1, "batch"),
        Way("last-stage", HEAD_FIRST, 0.5, "frozen"),
    ],
)
def test_two_phases_move_the_weights_as_a_plain_keras_loop_does(way):
    arm = started(way)
    walk(arm, 5)
    expected, found = keras_loop(way, 5), weights(arm.model)
    for path, value in expected.items():
        np.testing.assert_allclose(found[path], value, rtol=2e-3, atol=2e-5, err_msg=path)


def test_a_frozen_body_does_not_move_not_even_by_decay_and_moves_once_it_is_thawed():
    arm = started(Way("all", HEAD_FIRST))
    before = weights(arm.model)
    walk(arm, HEAD_FIRST)
    assert moved(before, weights(arm.model)) == {"head/kernel", "head/bias"}
    walk(arm, 1, first=HEAD_FIRST)
    thawed = moved(before, weights(arm.model))
    assert {"stem_conv/kernel", "stem_bn/gamma"} <= thawed
    assert not any("moving" in path for path in thawed)


@pytest.mark.parametrize(
    ("way", "follows"), [(Way("head", norms="drifting"), True), (Way("nothing"), False)]
)
def test_the_usual_mistakes_do_what_they_do_elsewhere(way, follows):
    arm = started(way)
    before = weights(arm.model)
    walk(arm, 2)
    found = moved(before, weights(arm.model))
    assert {path for path in found if "moving" not in path} == (
        {"head/kernel", "head/bias"} if follows else set()
    )
    assert any("moving" in path for path in found) is follows


def test_each_mode_is_traced_once_and_a_phase_in_the_same_mode_needs_no_new_trace():
    same = started(Way("all", HEAD_FIRST, norms="frozen"))
    same.trace(flow=False)
    same.enter(HEAD_FIRST)
    assert same.is_traced(flow=False)
    other = started(Way("all", HEAD_FIRST, norms="batch"))
    other.trace(flow=False)
    other.enter(HEAD_FIRST)
    assert not other.is_traced(flow=False)
    other.trace(flow=False)
    other.enter(0)
    assert other.is_traced(flow=False)


def test_a_thawed_arm_counts_what_it_trains_and_begins_without_momentum():
    arm = started(Way("last-stage", HEAD_FIRST))
    head = 4 * 16 + 4
    assert arm.trained_parameters(0) == head
    assert head < arm.trained_parameters(HEAD_FIRST) < arm.trainable_parameters
    walk(arm, HEAD_FIRST)
    assert any(np.any(slot.numpy()) for slot in arm._optimizer.slots)
    arm.enter(HEAD_FIRST)
    assert not any(np.any(slot.numpy()) for slot in arm._optimizer.slots)


def test_adamw_leaves_frozen_weights_alone_as_well():
    arm = started(Way("head"), TrainConfig(batch=8, optimizer="adamw", weight_decay=0.1))
    before = weights(arm.model)
    walk(arm, 2)
    assert moved(before, weights(arm.model)) == {"head/kernel", "head/bias"}


def test_what_the_head_sees_gives_the_logits_again():
    arm = started(Way())
    kernel, bias = arm.model.get_layer("head").get_weights()
    np.testing.assert_allclose(
        arm.features(IMAGES) @ kernel + bias, arm.predict(IMAGES), rtol=1e-4, atol=1e-5
    )
