"""Nets against published counts, against each other, and against finite differences."""

import numpy as np
import pytest

from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import NetConfig

pytestmark = pytest.mark.tf

tf = pytest.importorskip("tensorflow")
from resnet_core.nn.resnet.network import build_net, reinitialise, taps  # noqa: E402

VARIANTS = [
    NetConfig(depth=depth, width=width, skip=skip, shortcut=shortcut, batch_norm=norm)
    for depth, width in ((8, 16), (20, 16), (14, 4))
    for skip, shortcut in ((True, "A"), (True, "B"), (False, "A"))
    for norm in (True, False)
]


def trainable(model) -> int:
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_variables)


@pytest.mark.parametrize(
    ("net", "count"),
    [
        (NetConfig(depth=20), 269_722),
        (NetConfig(depth=20, shortcut="B"), 272_474),
        (NetConfig(depth=32), 464_154),
        (NetConfig(depth=44), 658_586),
        (NetConfig(depth=56), 853_018),
        (NetConfig(depth=56, skip=False), 853_018),
        (NetConfig(depth=56, shortcut="B"), 855_770),
    ],
)
def test_trainable_parameters_are_the_published_ones(net, count):
    assert trainable(build_net(net)) == count


def test_keras_counts_the_moving_statistics_too():
    assert build_net(NetConfig(depth=20)).count_params() == 271_098


@pytest.mark.parametrize("net", VARIANTS, ids=str)
def test_arithmetic_agrees_with_the_net_that_is_built(net):
    model = build_net(net)
    assert trainable(model) == arithmetic.parameters(net)
    for row in arithmetic.layers(net):
        shape = model.get_layer(row.name).output.shape[1:]
        assert tuple(shape) == (row.output if row.name != "head" else row.output[-1:])


def test_twins_share_every_weight_at_the_start():
    residual = build_net(NetConfig(depth=14, width=8), seed=3)
    plain = build_net(NetConfig(depth=14, width=8, skip=False), seed=3)
    for ours, theirs in zip(residual.weights, plain.weights, strict=True):
        np.testing.assert_array_equal(ours.numpy(), theirs.numpy())


def test_another_seed_gives_other_weights_and_reinitialising_gives_them_back():
    net = NetConfig(depth=8, width=8)
    model, other = build_net(net, seed=1), build_net(net, seed=2)
    kernel = model.get_layer("stem_conv").kernel
    assert not np.allclose(kernel.numpy(), other.get_layer("stem_conv").kernel.numpy())
    reinitialise(other, net, seed=1)
    for ours, theirs in zip(model.weights, other.weights, strict=True):
        np.testing.assert_array_equal(ours.numpy(), theirs.numpy())


def test_with_its_branches_at_zero_a_residual_net_is_its_stem_and_head():
    net = NetConfig(depth=8, width=8)
    model = build_net(net)
    for layer in model.layers:
        if layer.name.endswith("_bn2"):
            layer.gamma.assign(tf.zeros_like(layer.gamma))
    images = tf.random.stateless_normal((4, 32, 32, 3), seed=[0, 1])
    stem = model.get_layer("stem_relu").output
    after = taps(model, net)(images, training=False)[-2]
    first = tf.keras.Model(model.input, stem)(images, training=False)
    pooled = tf.reduce_mean(first[:, ::4, ::4], axis=[1, 2])
    np.testing.assert_allclose(after[:, :8].numpy(), pooled.numpy(), rtol=1e-5)
    np.testing.assert_array_equal(after[:, 8:].numpy(), 0.0)


def test_a_strided_projection_is_every_second_pixel_and_a_1x1_convolution():
    x = tf.random.stateless_normal((3, 8, 8, 16), seed=[1, 2])
    kernel = tf.random.stateless_normal((1, 1, 16, 32), seed=[3, 4])
    ours = tf.nn.conv2d(x[:, ::2, ::2], kernel, 1, "VALID")
    strided = tf.nn.conv2d(x, kernel, 2, "SAME")
    np.testing.assert_allclose(ours.numpy(), strided.numpy(), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("channels", [3, 16])
def test_fused_batch_norm_is_that_of_keras_with_the_papers_variance(channels):
    """BN15 Alg. 2 averages the unbiased variance, Keras the biased one; the rest is the same."""
    from resnet_core.nn.resnet.layers import FusedBatchNorm

    x = tf.random.stateless_normal((8, 4, 4, channels), seed=[5, 6]) * 3.0 + 2.0
    ours, keras = FusedBatchNorm(momentum=0.9), tf.keras.layers.BatchNormalization(momentum=0.9)
    for _ in range(2):
        trained, expected = ours(x, training=True), keras(x, training=True)
        np.testing.assert_allclose(trained.numpy(), expected.numpy(), atol=2e-5)
    np.testing.assert_allclose(ours.moving_mean.numpy(), keras.moving_mean.numpy(), 1e-5)
    count = 8 * 4 * 4
    gathered = keras.moving_variance.numpy() - 0.9**2
    unbiased = gathered * count / (count - 1) + 0.9**2
    np.testing.assert_allclose(ours.moving_variance.numpy(), unbiased, 1e-5)
    keras.moving_variance.assign(unbiased)
    np.testing.assert_allclose(
        ours(x, training=False).numpy(), keras(x, training=False).numpy(), atol=2e-5
    )


def test_bfloat16_is_normalised_the_same_with_few_channels_and_with_many():
    from resnet_core.nn.resnet.layers import FusedBatchNorm

    for channels in (8, 16):
        x = tf.random.stateless_normal((8, 4, 4, channels), seed=[5, 6]) * 3.0 + 2.0
        low = FusedBatchNorm()(tf.cast(x, tf.bfloat16), training=True)
        assert low.dtype == tf.bfloat16
        full = FusedBatchNorm()(x, training=True)
        np.testing.assert_allclose(tf.cast(low, tf.float32).numpy(), full.numpy(), atol=0.05)


def test_every_second_pixel_without_a_strided_slice():
    from resnet_core.nn.resnet.layers import every_second

    x = tf.random.stateless_normal((2, 8, 6, 5), seed=[9, 9])
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        ours, slow = every_second(x), x[:, ::2, ::2]
        sums = tf.reduce_sum(tf.sin(ours)), tf.reduce_sum(tf.sin(slow))
    np.testing.assert_array_equal(ours.numpy(), slow.numpy())
    np.testing.assert_array_equal(*(tape.gradient(one, x).numpy() for one in sums))


@pytest.mark.parametrize(
    "net", [NetConfig(depth=8, width=4), NetConfig(8, 4, shortcut="B")], ids=str
)
def test_gradients_agree_with_finite_differences(net):
    model = build_net(net)
    images = tf.random.stateless_normal((8, 32, 32, 3), seed=[7, 8])
    labels = tf.range(8) % 10

    def loss() -> tf.Tensor:
        logits = model(images, training=True)
        return tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
        )

    for name in ("stem_conv", "stage2_block1_conv1", "head"):
        kernel = model.get_layer(name).kernel.value
        with tf.GradientTape() as tape:
            value = loss()
        gradient = tape.gradient(value, kernel)
        # along the gradient the slope is its norm: the best-conditioned direction there is
        direction = gradient / tf.norm(gradient)
        start, step = tf.identity(kernel), 3e-3
        kernel.assign(start + step * direction)
        above = loss()
        kernel.assign(start - step * direction)
        below = loss()
        kernel.assign(start)
        slope = float(above - below) / (2 * step)
        assert slope == pytest.approx(float(tf.norm(gradient)), rel=0.05)
