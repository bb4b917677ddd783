"""One training step, held against slow and obvious implementations."""

import numpy as np
import pytest

from resnet_core.experiment.config import QUANTITIES, NetConfig, TrainConfig
from resnet_core.experiment.surgery.cuts import WHOLE, Surgery

pytestmark = pytest.mark.tf

tf = pytest.importorskip("tensorflow")
from resnet_core.nn.diagnostics.gradient_flow import SAMPLE  # noqa: E402
from resnet_core.nn.resnet.network import build_net  # noqa: E402
from resnet_core.nn.runtime import SideBySide  # noqa: E402
from resnet_core.nn.training.arms import Arm  # noqa: E402

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (40, 32, 32, 3)).astype(np.uint8)
LABELS = RNG.integers(0, 10, 40).astype(np.int32)
MEAN, DEVIATION = np.full(3, 127.5), np.full(3, 64.0)
NET = NetConfig(depth=8, width=8)
TRAIN = TrainConfig(batch=40, weight_decay=1e-2)


def arm(net=NET, train=TRAIN, seed=0) -> Arm:
    made = Arm(net, train, seed)
    made.normalise_by(MEAN, DEVIATION)
    return made


def keras_loop(net, train, rate, steps) -> list[float]:
    """What a user of Keras would write: fit's own optimizer, BatchNorm layers and loss."""
    model = build_net(net)
    plain = tf.keras.models.clone_model(
        model,
        clone_function=lambda layer: (
            tf.keras.layers.BatchNormalization(momentum=0.9, name=layer.name)
            if layer.name.find("bn") >= 0
            else layer.__class__.from_config(layer.get_config())
        ),
    )
    plain.set_weights(model.get_weights())
    optimizer = tf.keras.optimizers.SGD(rate, momentum=train.momentum)
    loss_of = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    x = tf.constant((IMAGES - MEAN) / DEVIATION, tf.float32)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = loss_of(LABELS, plain(x, training=True))
        gradients = tape.gradient(loss, plain.trainable_variables)
        for i, weight in enumerate(plain.trainable_variables):
            if weight.path.endswith("kernel"):
                gradients[i] = gradients[i] + train.weight_decay * weight
        optimizer.apply(gradients, plain.trainable_variables)
        losses.append(float(loss))
    return losses


@pytest.mark.parametrize("flow", [True, False])
@pytest.mark.parametrize("net", [NET, NetConfig(8, 8, skip=False), NetConfig(8, 8, shortcut="B")])
def test_twenty_steps_fall_as_in_a_plain_keras_loop(net, flow):
    ours = arm(net)
    ours.trace(flow)
    losses = [ours.step(IMAGES, LABELS, 0.02, flow=flow).loss for _ in range(20)]
    np.testing.assert_allclose(losses, keras_loop(net, TRAIN, 0.02, 20), rtol=2e-3)


def test_recording_changes_nothing():
    with_flow, without = arm(), arm()
    for _ in range(5):
        ours = with_flow.step(IMAGES, LABELS, 0.02, flow=True)
        theirs = without.step(IMAGES, LABELS, 0.02, flow=False)
        assert ours.loss == pytest.approx(theirs.loss, rel=1e-4)
        assert theirs.flow is None


def test_bfloat16_falls_like_float32():
    low = arm(train=TrainConfig(batch=40, precision="bfloat16"))
    full = arm(train=TrainConfig(batch=40))
    ours = [low.step(IMAGES, LABELS, 0.02, flow=False).loss for _ in range(10)]
    theirs = [full.step(IMAGES, LABELS, 0.02, flow=False).loss for _ in range(10)]
    np.testing.assert_allclose(ours, theirs, rtol=0.1)
    assert all(w.dtype == "float32" for w in low.model.trainable_variables)


@pytest.mark.parametrize("net", [NET, NetConfig(14, 4, skip=False), NetConfig(8, 4, shortcut="B")])
def test_the_five_quantities_computed_a_second_slow_way(net):
    ours = arm(net)
    before = {v.path: v.numpy() for v in ours.model.trainable_variables}
    slow = slow_flow(ours)
    fast = dict(zip(QUANTITIES, ours.step(IMAGES, LABELS, 0.05, flow=True).flow, strict=True))
    kernels = [ours.model.get_layer(name).kernel for name in ours.layers]
    moved = [np.linalg.norm(k.numpy() - before[k.path]) for k in kernels]
    sizes = [np.linalg.norm(before[k.path]) for k in kernels]
    slow["update_ratio"] = np.array(moved) / np.array(sizes)
    for quantity in QUANTITIES:
        np.testing.assert_allclose(fast[quantity], slow[quantity], rtol=2e-3, err_msg=quantity)


def slow_flow(ours: Arm) -> dict[str, np.ndarray]:
    """One layer at a time: the rest of the net is a function of that layer's input."""
    x = tf.constant((IMAGES - MEAN) / DEVIATION, tf.float32)
    flow = {"weight_gradient": [], "input_gradient": [], "activation_std": [], "dead_share": []}
    for name in ours.layers:
        layer = ours.model.get_layer(name)
        upto = tf.keras.Model(ours.model.input, layer.input)
        entering = upto(x, training=True) if name != "stem_conv" else x
        sample = entering.numpy()[:SAMPLE]
        with tf.GradientTape() as tape:
            tape.watch(x)
            whole = tf.keras.Model(ours.model.input, [layer.input, ours.model.output])
            entering, logits = whole(x, training=True)
            entering = x if name == "stem_conv" else entering
            loss = tf.reduce_mean(
                tf.nn.sparse_softmax_cross_entropy_with_logits(labels=LABELS, logits=logits)
            )
        kernel, at_input = tape.gradient(loss, [layer.kernel.value, entering])
        flow["weight_gradient"].append(np.sqrt(np.sum(kernel.numpy() ** 2)))
        flow["input_gradient"].append(np.sqrt(np.sum(at_input.numpy() ** 2)))
        flow["activation_std"].append(sample.std())
        flat = np.abs(sample).reshape(-1, sample.shape[-1])
        flow["dead_share"].append(np.mean(flat.max(0) == 0))
    return {quantity: np.array(values) for quantity, values in flow.items()}


def test_a_restored_arm_goes_on_exactly():
    ours = arm()
    for _ in range(3):
        ours.step(IMAGES, LABELS, 0.05, flow=False)
    state = ours.state()
    expected = [ours.step(IMAGES, LABELS, 0.05, flow=False).loss for _ in range(3)]
    again = arm(seed=9)
    again.restore(state)
    resumed = [again.step(IMAGES, LABELS, 0.05, flow=False).loss for _ in range(3)]
    np.testing.assert_allclose(resumed, expected, rtol=1e-6)


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_steps_are_the_same_before_tracing_and_after(precision):
    eager, traced = (arm(train=TrainConfig(batch=40, precision=precision)) for _ in range(2))
    traced.trace(flow=True)
    assert traced.is_traced(flow=True) and not eager.is_traced(flow=True)
    for _ in range(4):
        ours = eager.step(IMAGES, LABELS, 0.02, flow=True)
        theirs = traced.step(IMAGES, LABELS, 0.02, flow=True)
        assert ours.loss == pytest.approx(theirs.loss, rel=1e-3 if precision == "float32" else 0.1)


def test_arms_side_by_side_take_the_steps_that_they_take_alone():
    alone, together = (
        [arm(), arm(NetConfig(8, 8, skip=False))],
        [
            arm(),
            arm(NetConfig(8, 8, skip=False)),
        ],
    )
    for one in alone + together:
        one.trace(flow=True)
    side_by_side = SideBySide(2)
    for _ in range(5):
        steps = side_by_side.map(lambda x: x.step(IMAGES, LABELS, 0.02, flow=True), together)
        for one, step in zip(alone, steps, strict=True):
            assert one.step(IMAGES, LABELS, 0.02, flow=True).loss == pytest.approx(step.loss, 1e-4)
    side_by_side.close()


def test_what_goes_wrong_side_by_side_is_raised_when_all_have_ended():
    ended = []

    def task(item):
        if item == 0:
            raise ValueError("the first")
        ended.append(item)

    side_by_side = SideBySide(2)
    with pytest.raises(ValueError, match="the first"):
        side_by_side.map(task, [0, 1])
    side_by_side.close()
    assert ended == [1]


def test_tracing_ahead_and_resetting_leaves_a_fresh_arm():
    warmed, fresh = arm(), arm()
    warmed.warm_up()
    warmed.reset(0)
    ours = [warmed.step(IMAGES, LABELS, 0.05, flow=True).loss for _ in range(3)]
    theirs = [fresh.step(IMAGES, LABELS, 0.05, flow=True).loss for _ in range(3)]
    np.testing.assert_allclose(ours, theirs, rtol=1e-6)


def test_predictions_use_the_moving_averages_and_come_in_order():
    ours = arm()
    whole = ours.predict(IMAGES)
    parts = ours.predict(IMAGES, batch=7)
    np.testing.assert_allclose(whole, parts, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("norm", [True, False])
def test_without_its_skips_a_residual_net_is_its_plain_twin_and_with_them_itself_again(norm):
    """Same weights, same step: the loss and the gradient flow of the plain net."""
    cut, plain = arm(NetConfig(8, 8, batch_norm=norm)), arm(NetConfig(8, 8, False, batch_norm=norm))
    whole = arm(NetConfig(8, 8, batch_norm=norm))
    cut.operate(Surgery(skips=False))
    ours, theirs = (one.step(IMAGES, LABELS, 0.01, flow=True) for one in (cut, plain))
    assert ours.loss == pytest.approx(theirs.loss, rel=1e-5)
    np.testing.assert_allclose(ours.flow, theirs.flow, rtol=1e-3, atol=1e-6)
    np.testing.assert_allclose(cut.predict(IMAGES), plain.predict(IMAGES), rtol=1e-3, atol=1e-4)
    whole.restore(plain.state())
    cut.operate(WHOLE)
    again, expected = (one.step(IMAGES, LABELS, 0.01, flow=True) for one in (cut, whole))
    assert again.loss == pytest.approx(expected.loss, rel=1e-5)
    assert again.loss != pytest.approx(theirs.loss, rel=1e-3)


@pytest.mark.parametrize("net", [NetConfig(8, 8, skip=False), NetConfig(8, 8, shortcut="B")])
def test_skips_that_are_not_there_or_have_weights_stay_as_they_are(net):
    one = arm(net)
    one.operate(Surgery(skips=False))
    assert one.surgery == WHOLE


def test_a_net_without_its_skips_is_traced_anew():
    one = arm()
    one.trace(flow=True)
    one.operate(Surgery(skips=False))
    assert not one.is_traced(flow=True)
    one.trace(flow=True)
    traced = one.step(IMAGES, LABELS, 0.01, flow=True).loss
    other = arm()
    other.operate(Surgery(skips=False))
    assert traced == pytest.approx(other.step(IMAGES, LABELS, 0.01, flow=True).loss, rel=1e-4)
