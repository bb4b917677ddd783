"""Every variant against a net written out in plain Keras, and its counts against the net built."""

import numpy as np
import pytest

from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import NetConfig
from resnet_core.experiment.net import ACTIVATIONS, ORDERS, SHORTCUTS, STARTS

pytestmark = pytest.mark.tf

tf = pytest.importorskip("tensorflow")
from keras import layers  # noqa: E402

from resnet_core.nn.resnet.layers import Drop, LearnedScale  # noqa: E402
from resnet_core.nn.resnet.network import build_net, reinitialise, taps  # noqa: E402

NETS = [
    *[NetConfig(8, 4, shortcut=shortcut) for shortcut in SHORTCUTS],
    *[NetConfig(8, 4, order=order) for order in ORDERS],
    *[NetConfig(8, 4, start=start) for start in STARTS],
    *[NetConfig(8, 4, activation=name) for name in ACTIVATIONS[1:]],
    *[NetConfig(11, 4, block="bottleneck", shortcut=s, order="pre") for s in SHORTCUTS],
    NetConfig(11, 4, block="bottleneck"),
    NetConfig(14, 4, order="pre", shortcut="B"),
    NetConfig(14, 4, order="pre", skip=False),
    NetConfig(8, 4, squeeze=True),
    NetConfig(8, 4, separable=True),
    NetConfig(8, 4, kernel=5),
    NetConfig(8, 4, batch_norm=False, start="skipinit", shortcut="C", squeeze=True),
    NetConfig(8, 4, batch_norm=False, separable=True, order="relu-before-add", skip=False),
]
IMAGES = np.random.default_rng(0).normal(size=(8, 32, 32, 3)).astype("float32")


def written_out(net: NetConfig, alphas: dict[str, float]) -> tf.keras.Model:
    """The same net as a user of Keras would write it, without a plan. Names as ours."""

    def norm(name, x):
        return layers.BatchNormalization(momentum=0.9, name=name)(x) if net.batch_norm else x

    def act(x):
        return layers.Activation(net.activation)(x)

    def conv(name, x, filters, kernel, stride=1):
        padding, bias = "same", not net.batch_norm
        return layers.Conv2D(filters, kernel, stride, padding, use_bias=bias, name=name)(x)

    def branch_conv(name, x, filters, kernel, stride=1):
        if not net.separable or kernel == 1:
            return conv(name, x, filters, kernel, stride)
        bias = not net.batch_norm
        x = layers.DepthwiseConv2D(kernel, stride, "same", use_bias=bias, name=name)(x)
        return conv(f"{name}_point", x, filters, 1)

    def shortcut(name, x, activated, filters, stride):
        changes = x.shape[-1] != filters
        if net.shortcut in ("C", "1x1") or (net.shortcut == "B" and changes):
            y = conv(f"{name}_shortcut", activated[:, ::stride, ::stride], filters, 1)
            bare = net.shortcut == "1x1" or net.order == "pre"
            return y if bare else norm(f"{name}_shortcut_bn", y)
        if changes:
            x = x[:, ::stride, ::stride]
            x = tf.keras.ops.pad(x, [(0, 0)] * 3 + [(0, filters - x.shape[-1])])
        if net.shortcut == "scaled":
            return 0.5 * x
        return 0.5 * layers.Dropout(0.5)(x) if net.shortcut == "dropout" else x

    def end(name, y):
        if net.squeeze:
            s = layers.GlobalAveragePooling2D(keepdims=True)(y)
            s = layers.Dense(max(1, y.shape[-1] // 4), "relu", name=f"{name}_se_down")(s)
            y = y * layers.Dense(y.shape[-1], "sigmoid", name=f"{name}_se_up")(s)
        return alphas[f"{name}_alpha"] * y if net.start == "skipinit" else y

    images = x = tf.keras.Input((32, 32, 3))
    x = act(norm("stem_bn", conv("stem_conv", x, net.width, 3)))
    for stage in range(3):
        for number in range(net.blocks_per_stage):
            name = f"stage{stage + 1}_block{number + 1}"
            width, stride = net.width * 2**stage, 2 if stage and not number else 1
            convs = [(width, net.kernel, stride), (width, net.kernel, 1)]
            if net.block == "bottleneck":
                convs = [(width, 1, 1), (width, net.kernel, stride), (4 * width, 1, 1)]
            filters, last = convs[-1][0], len(convs)
            y = activated = x
            for place, (width, kernel, step) in enumerate(convs, start=1):
                named = f"{name}_conv{place}", f"{name}_bn{place}"
                if net.order == "pre":
                    if place > 1 or name != "stage1_block1":
                        y = act(norm(named[1], y))
                    activated = y if place == 1 else activated
                    y = branch_conv(named[0], y, width, kernel, step)
                    continue
                y = branch_conv(named[0], y, width, kernel, step)
                if place < last or net.order != "bn-after-add":
                    y = norm(named[1], y)
                if place < last or net.order == "relu-before-add":
                    y = act(y)
            y = end(name, y)
            x = y + shortcut(name, x, activated, filters, stride) if net.skip else y
            if net.order == "bn-after-add":
                x = norm(f"{name}_bn{last}", x)
            if net.order in ("post", "bn-after-add"):
                x = act(x)
    if net.order == "pre":
        x = act(norm("final_bn", x))
    x = layers.GlobalAveragePooling2D()(x)
    return tf.keras.Model(images, layers.Dense(net.classes, name="head")(x))


def stirred(net: NetConfig) -> tf.keras.Model:
    """Our net with random numbers where a fresh one has zeros and ones."""
    model, rng = build_net(net, seed=1), np.random.default_rng(1)
    for weight in model.trainable_variables:
        if not weight.path.endswith("kernel"):
            weight.assign(rng.uniform(0.5, 1.5, weight.shape))
    return model


@pytest.mark.parametrize("net", NETS, ids=str)
def test_a_variant_is_the_net_written_out_in_keras_and_has_the_counts_of_arithmetic(net):
    ours = stirred(net)
    alphas = {la.name: float(la.alpha) for la in ours.layers if isinstance(la, LearnedScale)}
    theirs = written_out(net, alphas)
    trainable = sum(int(np.prod(weight.shape)) for weight in ours.trainable_variables)
    assert trainable == arithmetic.parameters(net)
    assert trainable - len(alphas) == sum(
        int(np.prod(weight.shape)) for weight in theirs.trainable_variables
    )
    for layer in theirs.layers:
        if layer.weights and not isinstance(layer, layers.Dropout):
            layer.set_weights(ours.get_layer(layer.name).get_weights())
    training = net.shortcut != "dropout" or not net.skip
    expected = theirs(IMAGES, training=training).numpy()
    np.testing.assert_allclose(ours(IMAGES, training=training), expected, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("net", NETS, ids=str)
def test_shapes_depth_and_multiply_adds_are_those_of_the_net_built(net):
    model, rows = build_net(net), arithmetic.layers(net)
    for row in rows:
        layer = model.get_layer(row.name)
        shape = tuple(layer.output.shape[1:])
        assert row.output[-len(shape) :] == shape
        places = row.output[0] * row.output[1]
        assert row.macs == int(np.prod(layer.kernel.shape)) * places
    assert {row.name for row in rows} == {
        layer.name for layer in model.layers if hasattr(layer, "kernel")
    }
    counted = [name for name in arithmetic.weight_layers(net) if not name.endswith("_point")]
    assert len(counted) == net.depth
    assert len(taps(model, net).outputs) == len(arithmetic.weight_layers(net)) + 1


@pytest.mark.parametrize(
    "net",
    [
        NetConfig(8, 4, start="zero-gamma"),
        NetConfig(8, 4, start="skipinit", batch_norm=False),
        NetConfig(11, 4, block="bottleneck", start="zero-gamma"),
    ],
    ids=str,
)
def test_with_a_silent_start_the_branches_do_not_matter_at_first(net):
    model = build_net(net)
    before = model(IMAGES, training=True).numpy()
    for layer in model.layers:
        if "_conv" in layer.name and layer.name != "stem_conv":
            layer.kernel.assign(-3.0 * layer.kernel)
    np.testing.assert_allclose(model(IMAGES, training=True), before, atol=1e-6)


@pytest.mark.parametrize(
    "net",
    [
        NetConfig(8, 4, start="zero-gamma"),
        NetConfig(8, 4, start="skipinit", shortcut="dropout", separable=True, squeeze=True),
        NetConfig(8, 4, separable=True, init="glorot"),
    ],
    ids=str,
)
def test_reinitialising_gives_the_weights_that_building_gives(net):
    ours, expected = stirred(net), build_net(net, seed=5)
    reinitialise(ours, net, 5)
    for one, other in zip(ours.weights, expected.weights, strict=True):
        np.testing.assert_array_equal(one.numpy(), other.numpy(), err_msg=one.path)


@pytest.mark.parametrize("init", ["he", "glorot"])
def test_a_depthwise_kernel_is_initialised_for_the_nine_weights_that_an_output_sees(init):
    net = NetConfig(8, 128, separable=True, init=init)
    kernel = build_net(net).get_layer("stage3_block1_conv2").kernel.numpy()
    variance = {"he": 2 / 9, "glorot": 1 / 9}[init]
    assert kernel.var() == pytest.approx(variance, rel=0.1)


def test_shared_layers_of_variants_start_from_the_same_weights():
    one = build_net(NetConfig(8, 4, order="pre", shortcut="C"), seed=2)
    other = build_net(NetConfig(8, 4, kernel=3, squeeze=True), seed=2)
    ours, theirs = (
        {w.path: w.numpy() for w in model.weights if w.path.endswith("kernel")}
        for model in (one, other)
    )
    assert len(ours.keys() & theirs.keys()) == 8
    for path in ours.keys() & theirs.keys():
        np.testing.assert_array_equal(ours[path], theirs[path])


def test_dropout_keeps_what_it_keeps_as_it_is_and_halves_everything_later():
    drop = Drop(0.5, seed=1, name="drop")
    x = tf.ones((64, 8, 8, 4))
    first, second = (drop(x, training=True).numpy() for _ in range(2))
    assert set(np.unique(first)) == {0.0, 1.0}
    assert first.mean() == pytest.approx(0.5, abs=0.02)
    assert (first != second).mean() == pytest.approx(0.5, abs=0.02)
    np.testing.assert_array_equal(drop(x, training=False).numpy(), 0.5)
    drop.restart(1)
    np.testing.assert_array_equal(drop(x, training=True).numpy(), first)


@pytest.mark.parametrize(
    "net",
    [
        NetConfig(8, 4, kernel=5, activation="tanh"),
        NetConfig(11, 4, block="bottleneck", kernel=5, activation="tanh"),
        NetConfig(8, 4, separable=True, activation="tanh", order="pre"),
    ],
    ids=str,
)
def test_a_place_sees_as_many_pixels_as_arithmetic_says(net):
    model, rows = build_net(net), {row.name: row for row in arithmetic.layers(net)}
    name = "stage2_block1_conv1" if net.block == "basic" else "stage2_block1_conv2"
    upto = tf.keras.Model(model.input, model.get_layer(name).output)
    x = tf.constant(IMAGES[:1])
    with tf.GradientTape() as tape:
        tape.watch(x)
        seen = tf.reduce_sum(upto(x, training=False)[:, 8, 8])
    slope = np.abs(tape.gradient(seen, x).numpy()).sum((0, 1, 3))
    assert np.count_nonzero(slope) == rows[name].receptive_field < 32
