"""The float64 reference against a net that is written out here, in TensorFlow's own float64."""

import numpy as np
import pytest

from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import NetConfig

pytestmark = pytest.mark.tf

pytest.importorskip("tensorflow")
import tensorflow as tf  # noqa: E402

from resnet_core.nn.diagnostics import precision  # noqa: E402
from resnet_core.nn.diagnostics.nets.float64 import in_float64  # noqa: E402


def by_hand(weights, net, images):
    """Logits of a net of depth 8 in float64; `weights` maps a layer's name to its arrays."""

    def conv(name, x, stride=1):
        return tf.nn.conv2d(x, weights[name][0], stride, "SAME")

    def norm(name, x):
        gamma, beta, *_ = weights[name]
        mean = tf.reduce_mean(x, (0, 1, 2))
        variance = tf.reduce_mean(tf.square(x - mean), (0, 1, 2))
        return (x - mean) / tf.sqrt(variance + 1e-3) * gamma + beta

    x = tf.nn.relu(norm("stem_bn", conv("stem_conv", images)))
    for stage, block, width, stride in arithmetic.blocks(net):
        name = f"stage{stage}_block{block}"
        y = tf.nn.relu(norm(f"{name}_bn1", conv(f"{name}_conv1", x, stride)))
        y = norm(f"{name}_bn2", conv(f"{name}_conv2", y))
        if net.skip:
            x = x[:, ::stride, ::stride]
            y += tf.concat([x, tf.zeros((*x.shape[:3], width - x.shape[3]), x.dtype)], 3)
        x = tf.nn.relu(y)
    kernel, bias = weights["head"]
    return tf.reduce_mean(x, (1, 2)) @ kernel + bias


@pytest.mark.parametrize("skip", [True, False])
def test_the_reference_is_float64_throughout_and_equals_an_own_tape(subject_of, skip):
    net = NetConfig(8, 4, skip)
    subject = subject_of(net)
    images, labels = subject.training(4)
    names = arithmetic.weight_layers(net)
    found = precision.kernel_gradients(in_float64(subject.model), names, images, labels)
    weights = {
        layer.name: [tf.Variable(w, dtype=tf.float64) for w in layer.get_weights()]
        for layer in subject.model.layers
        if layer.weights
    }
    with tf.GradientTape() as tape:
        logits = by_hand(weights, net, tf.cast(images, tf.float64))
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
        loss = tf.reduce_mean(losses)
    expected = tape.gradient(loss, [weights[name][0] for name in names])
    for name, ours, theirs in zip(names, found, expected, strict=True):
        theirs = theirs.numpy().ravel()
        # float32 would agree to 1e-6 at best.
        assert np.allclose(ours, theirs, rtol=1e-10, atol=1e-12 * abs(theirs).max()), name


def test_a_layer_that_computes_in_float32_is_no_part_of_a_reference(subject_of, monkeypatch):
    from resnet_core.nn.diagnostics.nets import float64

    monkeypatch.setattr(float64, "_copy", lambda layer: type(layer).from_config(layer.get_config()))
    with pytest.raises(TypeError, match="stem_bn"):
        in_float64(subject_of(NetConfig(8, 4)).model)


def test_the_cosine_of_vectors_that_are_zero():
    zero, one = np.zeros(3), np.array([1.0, 2.0, 2.0])
    assert precision.cosine(one, 2 * one) == pytest.approx(1.0)
    assert (precision.cosine(zero, one), precision.cosine(zero, zero)) == (0.0, 1.0)


def test_bfloat16_is_farther_from_the_reference_than_float32(subject_of):
    subject = subject_of(NetConfig(8, 4, skip=False))
    before = [w.copy() for w in subject.model.get_weights()]
    found = precision.measure(subject)
    assert 0.9999 < found["lowest_float32"] <= 1.0 + 1e-9
    assert found["lowest_bfloat16"] < found["lowest_float32"] - 1e-4
    assert len(found["float32"]) == len(found["bfloat16"]) == len(found["layers"]) == 8
    for old, new in zip(before, subject.model.get_weights(), strict=True):
        assert np.array_equal(old, new), "measuring changed the net"
