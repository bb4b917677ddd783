"""Optimizers, clipping, label smoothing and decay against Keras; variants in the training step."""

import numpy as np
import pytest

from resnet_core.experiment.config import QUANTITIES, NetConfig
from resnet_core.experiment.net import ORDERS, SHORTCUTS
from resnet_core.experiment.surgery.cuts import WHOLE, Surgery
from resnet_core.experiment.train import OPTIMIZERS

pytestmark = pytest.mark.tf

tf = pytest.importorskip("tensorflow")
from resnet_core.nn.resnet.network import build_net  # noqa: E402
from resnet_core.nn.training.arms import Arm  # noqa: E402
from tests.resnet_core.nn.training.small import IMAGES, LABELS, NET, arm  # noqa: E402


def losses(one: Arm, steps: int, rate: float, *, traced: bool = False) -> list[float]:
    if traced:
        one.trace(flow=False)
    return [one.step(IMAGES, LABELS, rate, flow=False).loss for _ in range(steps)]


def keras_losses(optimizer, steps: int, *, smoothing=0.0, decay=0.0, of_all=False) -> list[float]:
    """What a user of Keras writes for the same steps."""
    model = build_net(NET)
    x = tf.constant((IMAGES - 120.0) / 60.0, tf.float32)
    loss_of = tf.keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)
    found = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = loss_of(tf.one_hot(LABELS, 10), model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        gradients = [
            g + decay * w if of_all or w.path.endswith("kernel") else g
            for g, w in zip(gradients, model.trainable_variables, strict=True)
        ]
        optimizer.apply(gradients, model.trainable_variables)
        found.append(float(loss))
    return found


@pytest.mark.parametrize("traced", [False, True])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_falls_as_that_of_keras(name, traced):
    made = {
        "sgd": lambda: tf.keras.optimizers.SGD(0.01, momentum=0.9),
        "nesterov": lambda: tf.keras.optimizers.SGD(0.01, momentum=0.9, nesterov=True),
        "adamw": lambda: tf.keras.optimizers.AdamW(0.01, weight_decay=0.5, epsilon=1e-8),
    }
    optimizer = made[name]()
    if name == "adamw":
        optimizer.exclude_from_weight_decay(var_names=["gamma", "beta", "bias"])
    ours = arm(optimizer=name, weight_decay=0.5 if name == "adamw" else 0.0)
    expected = keras_losses(optimizer, 5)
    np.testing.assert_allclose(losses(ours, 5, 0.01, traced=traced), expected, rtol=2e-3)
    assert expected[-1] < expected[0] - 0.1


def test_gradients_are_clipped_together():
    optimizer = tf.keras.optimizers.SGD(0.5, momentum=0.9, global_clipnorm=0.1)
    ours = losses(arm(clip_norm=0.1, weight_decay=0.0), 5, 0.5)
    np.testing.assert_allclose(ours, keras_losses(optimizer, 5), rtol=2e-3)
    assert abs(losses(arm(weight_decay=0.0), 5, 0.5)[-1] - ours[-1]) > 0.1


def test_smoothed_labels_have_the_loss_of_keras():
    optimizer = tf.keras.optimizers.SGD(0.02, momentum=0.9)
    ours = losses(arm(label_smoothing=0.2, weight_decay=0.0), 4, 0.02)
    np.testing.assert_allclose(ours, keras_losses(optimizer, 4, smoothing=0.2), rtol=2e-3)


@pytest.mark.parametrize("of_all", [False, True])
def test_decay_spares_gamma_beta_and_biases_unless_asked(of_all):
    optimizer = tf.keras.optimizers.SGD(0.02, momentum=0.9)
    ours = losses(arm(weight_decay=1.0, decay_norms=of_all), 4, 0.02)
    expected = keras_losses(optimizer, 4, decay=1.0, of_all=of_all)
    np.testing.assert_allclose(ours, expected, rtol=2e-3)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_update_ratio_is_how_far_the_weights_went(name):
    ours = arm(optimizer=name)
    losses(ours, 2, 0.01)
    kernels = [ours.model.get_layer(layer).kernel for layer in ours.layers]
    before = [kernel.numpy() for kernel in kernels]
    flow = ours.step(IMAGES, LABELS, 0.01, flow=True).flow
    expected = [
        np.linalg.norm(kernel.numpy() - old) / np.linalg.norm(old)
        for kernel, old in zip(kernels, before, strict=True)
    ]
    np.testing.assert_allclose(flow[QUANTITIES.index("update_ratio")], expected, rtol=2e-3)


@pytest.mark.parametrize(
    ("net", "how"),
    [
        (NET, {"optimizer": "adamw"}),
        (NET, {"optimizer": "nesterov"}),
        (NetConfig(8, 4, shortcut="dropout", start="skipinit"), {}),
    ],
)
def test_a_restored_arm_goes_on_exactly_and_a_reset_one_begins_anew(net, how):
    ours = arm(net, **how)
    first = losses(ours, 2, 0.01)
    state = ours.state()
    expected = losses(ours, 2, 0.01)
    again = arm(net, seed=9, **how)
    again.restore(state)
    np.testing.assert_allclose(losses(again, 2, 0.01), expected, rtol=1e-6)
    again.reset(0)
    np.testing.assert_allclose(losses(again, 2, 0.01), first, rtol=1e-6)


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_every_toggle_at_once_is_trained_with_its_flow(precision):
    net = NetConfig(
        11,
        4,
        shortcut="dropout",
        order="pre",
        block="bottleneck",
        start="skipinit",
        squeeze=True,
        separable=True,
        kernel=5,
        activation="silu",
    )
    how = {"optimizer": "adamw", "clip_norm": 1.0, "label_smoothing": 0.1, "decay_norms": True}
    ours = arm(net, precision=precision, **how)
    ours.trace(flow=True)
    step = ours.step(IMAGES, LABELS, 0.01, flow=True)
    assert step.flow.shape == (5, len(ours.layers)) and np.isfinite(step.flow).all()
    assert ours.flow_in_float32(IMAGES, LABELS, 0.01).shape == step.flow.shape


@pytest.mark.parametrize(
    "net",
    [
        NetConfig(8, 4, shortcut="scaled"),
        NetConfig(8, 4, shortcut="dropout"),
        NetConfig(8, 4, order="pre", start="skipinit"),
        NetConfig(11, 4, block="bottleneck", start="zero-gamma", squeeze=True),
    ],
    ids=str,
)
def test_shortcuts_without_weights_leave_a_living_net_and_come_back(net):
    one = arm(net)
    whole = one.predict(IMAGES)
    one.operate(Surgery(skips=False))
    assert not np.allclose(one.predict(IMAGES), whole, atol=1e-3)
    assert np.isfinite(losses(one, 1, 0.0)[0])
    one.restore(Arm(net, one.train).state())
    one.operate(WHOLE)
    np.testing.assert_allclose(one.predict(IMAGES), whole, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("shortcut", SHORTCUTS)
@pytest.mark.parametrize("order", ORDERS)
def test_a_plain_twin_is_the_same_whatever_shortcut_it_does_not_have(order, shortcut):
    plain = build_net(NetConfig(8, 4, skip=False, order=order, shortcut=shortcut))
    usual = build_net(NetConfig(8, 4, skip=False, order=order))
    assert [w.path for w in plain.weights] == [w.path for w in usual.weights]
