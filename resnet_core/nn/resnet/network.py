"""Build the CIFAR nets of He et al. 2015 (arXiv:1512.03385) §4.2 and their plain twins.

    stem     3x3 conv, BN, ReLU                                     32 x 32 x width
    stage s  n blocks; the first of stages 2 and 3 has stride 2     (32 / 2^(s-1))^2 x width 2^(s-1)
    head     global average pooling, dense

A block computes y = ReLU(F(x) + shortcut(x)), F = conv-BN-ReLU-conv-BN; the plain twin computes
ReLU(F(x)) with the same weights. Layer names are an API: charts align the arms by them.
"""

import zlib
from collections.abc import Callable
from dataclasses import replace

import keras
import tensorflow as tf
from keras import layers

from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import NetConfig

BN_MOMENTUM = 0.9  # runs are short: at 0.99 the averages hold 26 % after 30 steps


def build_net(net: NetConfig, seed: int = 0, precision: str = "float32") -> keras.Model:
    """Return a net from images (N, 32, 32, 3) float32 to logits (N, classes) float32.

    Weights depend on the seed and on the layer's name alone, so twins start equal.
    """
    return _Builder(net, seed, precision).model()


def without_skips(model: keras.Model, net: NetConfig) -> keras.Model:
    """Return the taps of a net whose skips are taken out, on the same layers and weights.

    For shortcuts without weights (option A): nothing is left over when they are out.
    """
    builder = _Builder(replace(net, skip=False), 0, "float32", model)
    plain = builder.model()
    inputs = [builder.inputs[name] for name in arithmetic.weight_layers(net)]
    return keras.Model(plain.input, [*inputs, plain.output])


def reinitialise(model: keras.Model, net: NetConfig, seed: int) -> None:
    """Give a net the weights that `build_net` would give it for the seed."""
    for layer in model.layers:
        if isinstance(layer, FusedBatchNorm):
            layer.gamma.assign(tf.ones_like(layer.gamma))
            layer.beta.assign(tf.zeros_like(layer.beta))
            layer.moving_mean.assign(tf.zeros_like(layer.moving_mean))
            layer.moving_variance.assign(tf.ones_like(layer.moving_variance))
        elif hasattr(layer, "kernel"):
            layer.kernel.assign(_init(net, seed, layer.name)(layer.kernel.shape))
            if layer.bias is not None:
                layer.bias.assign(tf.zeros_like(layer.bias))


def taps(model: keras.Model, net: NetConfig) -> keras.Model:
    """Return the same net with the inputs of its 6n + 2 weight layers and the logits as outputs."""
    inputs = [model.get_layer(name).input for name in arithmetic.weight_layers(net)]
    return keras.Model(model.input, [*inputs, model.output])


class FusedBatchNorm(layers.BatchNormalization):
    """BatchNorm by TensorFlow's fused kernel.

    Keras 3 computes it from two reductions on the CPU, which costs a third of a training step.
    The kernel averages the unbiased variance (Ioffe & Szegedy 2015, arXiv:1502.03167, Alg. 2),
    Keras the biased one. Sixteen bfloat16 channels at a time: of 8 the kernel is forty times
    slower, so then it gets float32.
    """

    def __init__(self, **options):
        super().__init__(**options, dtype="float32", autocast=False)

    def call(self, x, training=None, mask=None):
        wanted = x.dtype if x.shape[-1] % 16 == 0 else tf.float32
        y, mean, variance = tf.compat.v1.nn.fused_batch_norm(
            tf.cast(x, wanted),
            self.gamma.value,
            self.beta.value,
            self.moving_mean.value,
            self.moving_variance.value,
            epsilon=self.epsilon,
            is_training=bool(training),
            exponential_avg_factor=1.0 - self.momentum if training else 1.0,
        )
        if training:
            self.moving_mean.assign(mean)
            self.moving_variance.assign(variance)
        return tf.cast(y, x.dtype)


class PadShortcut(layers.Layer):
    """Option A: every second pixel, missing channels filled with zeros; no weights (§3.3)."""

    def __init__(self, stride: int, channels: int, **options):
        super().__init__(**options)
        self.stride, self.channels = stride, channels

    def call(self, x):
        x = every_second(x) if self.stride == 2 else x
        return tf.pad(x, [[0, 0], [0, 0], [0, 0], [0, self.channels - x.shape[-1]]])

    def compute_output_shape(self, shape):
        batch, height, width, _ = shape
        return (batch, -(-height // self.stride), -(-width // self.stride), self.channels)

    def get_config(self):
        return {**super().get_config(), "stride": self.stride, "channels": self.channels}


class EverySecondPixel(layers.Layer):
    """A 1x1 convolution of stride 2 is this and then a 1x1 of stride 1.

    Written so because TensorFlow 2.21's oneDNN path corrupts memory in the filter gradient of a
    strided 1x1 convolution with 6, 8 or 10 input channels.
    """

    def call(self, x):
        return every_second(x)

    def compute_output_shape(self, shape):
        batch, height, width, channels = shape
        return (batch, -(-height // 2), -(-width // 2), channels)


def every_second(x: tf.Tensor) -> tf.Tensor:
    """Return x[:, ::2, ::2] for even sides.

    As a slice of whole pixels: TensorFlow walks a strided slice, and its gradient, one element at
    a time, which cost 7 % of a step.
    """
    _, height, width, channels = x.shape
    pairs = tf.reshape(x, (-1, height // 2, 2, width // 2, 2 * channels))
    firsts = tf.slice(pairs, [0] * 5, (-1, height // 2, 1, width // 2, channels))
    return tf.reshape(firsts, (-1, height // 2, width // 2, channels))


class _Builder:
    """Puts a net together, of new layers or of those that `shared` has by the same name."""

    def __init__(
        self, net: NetConfig, seed: int, precision: str, shared: keras.Model | None = None
    ):
        self.net, self.seed = net, seed
        self.inputs: dict[str, keras.KerasTensor] = {}  # of the weight layers
        self.shared = {layer.name: layer for layer in shared.layers} if shared else {}
        self.dtype = "mixed_bfloat16" if precision == "bfloat16" else "float32"

    def model(self) -> keras.Model:
        net = self.net
        images = keras.Input((arithmetic.SIDE, arithmetic.SIDE, arithmetic.CHANNELS), name="images")
        x = self.relu("stem_relu", self.norm("stem_bn", self.conv("stem_conv", images, net.width)))
        for stage, block, width, stride in arithmetic.blocks(net):
            x = self.block(f"stage{stage}_block{block}", x, width, stride)
        x = self.layer("pool", self.pool)(x)
        self.inputs["head"] = x
        logits = self.layer("head", self.head)(x)
        kind = "resnet" if net.skip else "plain"
        return keras.Model(images, logits, name=f"{kind}{net.depth}")

    def layer(self, name: str, make: Callable[[], layers.Layer]) -> layers.Layer:
        """Return the shared layer of a name, or a new one."""
        return self.shared[name] if name in self.shared else make()

    def pool(self) -> layers.Layer:
        return layers.GlobalAveragePooling2D(name="pool", dtype="float32")

    def head(self) -> layers.Layer:
        return layers.Dense(
            self.net.classes, kernel_initializer=self.init("head"), name="head", dtype="float32"
        )

    def block(self, name: str, x, width: int, stride: int):
        shortcut = self.shortcut(name, x, width, stride)
        y = self.conv(f"{name}_conv1", x, width, stride=stride)
        y = self.relu(f"{name}_relu1", self.norm(f"{name}_bn1", y))
        y = self.norm(f"{name}_bn2", self.conv(f"{name}_conv2", y, width))
        if shortcut is not None:
            y = layers.Add(name=f"{name}_add", dtype=self.dtype)([y, shortcut])
        return self.relu(f"{name}_out", y)

    def shortcut(self, name: str, x, width: int, stride: int):
        channels = x.shape[-1]
        if not self.net.skip:
            return None
        if channels == width:
            return x
        if not arithmetic.projects(self.net, channels, width):
            return PadShortcut(stride, width, name=f"{name}_shortcut", dtype=self.dtype)(x)
        x = EverySecondPixel(name=f"{name}_subsample", dtype=self.dtype)(x)
        x = self.conv(f"{name}_shortcut", x, width, kernel=1)
        return self.norm(f"{name}_shortcut_bn", x)

    def conv(self, name: str, x, width: int, *, kernel: int = 3, stride: int = 1):
        def make() -> layers.Layer:
            return layers.Conv2D(
                width,
                kernel,
                strides=stride,
                padding="same",
                use_bias=not self.net.batch_norm,  # BatchNorm's beta takes its place
                kernel_initializer=self.init(name),
                name=name,
                dtype=self.dtype,
            )

        self.inputs[name] = x
        return self.layer(name, make)(x)

    def norm(self, name: str, x):
        if not self.net.batch_norm:
            return x
        return self.layer(name, lambda: FusedBatchNorm(momentum=BN_MOMENTUM, name=name))(x)

    def relu(self, name: str, x):
        return self.layer(name, lambda: layers.ReLU(name=name, dtype=self.dtype))(x)

    def init(self, name: str) -> keras.initializers.Initializer:
        return _init(self.net, self.seed, name)


def _init(net: NetConfig, seed: int, layer: str) -> keras.initializers.Initializer:
    """Return He et al. 2015b's initialiser (arXiv:1502.01852, §2.2) or Glorot uniform."""
    seed = zlib.crc32(f"{seed}/{layer}".encode()) % 2**31
    kinds = {"he": keras.initializers.HeNormal, "glorot": keras.initializers.GlorotUniform}
    return kinds[net.init](seed=seed)
