"""Build the nets in Keras from the plan of `resnet_core.experiment.plan`.

A block of the default net computes y = ReLU(F(x) + shortcut(x)), F = conv-BN-ReLU-conv-BN; its
plain twin computes ReLU(F(x)) with the same weights. Layer names are an API: charts align the arms
by them.
"""

import zlib
from collections.abc import Callable

import keras
import tensorflow as tf
from keras import layers

from resnet_core.experiment import arithmetic
from resnet_core.experiment.config import NetConfig
from resnet_core.experiment.plan.net import follow
from resnet_core.experiment.surgery.cuts import WHOLE, Surgery
from resnet_core.nn.resnet.layers import (
    Drop,
    EverySecondPixel,
    FusedBatchNorm,
    LearnedScale,
    PadShortcut,
    Scale,
)

BN_MOMENTUM = 0.9  # runs are short: at 0.99 the averages hold 26 % after 30 steps


def build_net(net: NetConfig, seed: int = 0, precision: str = "float32") -> keras.Model:
    """Return a net from images (N, 32, 32, 3) float32 to logits (N, classes) float32.

    Weights depend only on the seed and on the layer's name, so twins start equal.
    """
    return _KerasLayers(net, seed, precision).model(skips=net.skip)


def build_tapped(
    net: NetConfig, seed: int = 0, precision: str = "float32"
) -> tuple[keras.Model, keras.Model]:
    """Return the net of `build_net` and its `taps`, from one pass over the plan."""
    made = _KerasLayers(net, seed, precision)
    model = made.model(skips=net.skip)
    return model, made.tapped(model)


def operated(model: keras.Model, net: NetConfig, surgery: Surgery) -> keras.Model:
    """Return the taps of a net after a surgery, on the same layers and weights.

    The surgery is one that the net can have (`limits.possible`). There is no input among the taps
    for a weight layer that was deleted.
    """
    made = _KerasLayers(net, 0, "float32", model, surgery)
    return made.tapped(made.model(skips=net.skip))


def reinitialise(model: keras.Model, net: NetConfig, seed: int) -> None:
    """Give a net the weights that `build_net` would give it for the seed."""
    for layer in model.layers:
        if isinstance(layer, FusedBatchNorm):
            layer.gamma.assign(layer.gamma_initializer(layer.gamma.shape))
            layer.beta.assign(tf.zeros_like(layer.beta))
            layer.moving_mean.assign(tf.zeros_like(layer.moving_mean))
            layer.moving_variance.assign(tf.ones_like(layer.moving_variance))
        elif isinstance(layer, LearnedScale):
            layer.alpha.assign(0.0)
        elif isinstance(layer, Drop):
            layer.restart(seed)
        elif hasattr(layer, "kernel"):
            depthwise = isinstance(layer, layers.DepthwiseConv2D)
            init = _init(net, seed, layer.name, layer.kernel.shape[-2] if depthwise else 1)
            layer.kernel.assign(init(layer.kernel.shape))
            if layer.bias is not None:
                layer.bias.assign(tf.zeros_like(layer.bias))


def taps(model: keras.Model, net: NetConfig) -> keras.Model:
    """Return the same net with the inputs of its weight layers and the logits as outputs."""
    inputs = [model.get_layer(name).input for name in arithmetic.weight_layers(net)]
    return keras.Model(model.input, [*inputs, model.output])


class _KerasLayers:
    """Follow a plan with Keras layers: new ones, or those of the same name in `shared`."""

    def __init__(
        self,
        net: NetConfig,
        seed: int,
        precision: str,
        shared: keras.Model | None = None,
        surgery: Surgery = WHOLE,
    ):
        self.net, self.seed, self.surgery = net, seed, surgery
        self.inputs: dict[str, keras.KerasTensor] = {}  # inputs of the weight layers by name
        self.shared = {layer.name: layer for layer in shared.layers} if shared else {}
        self.dtype = "mixed_bfloat16" if precision == "bfloat16" else "float32"

    def model(self, *, skips: bool) -> keras.Model:
        images = keras.Input((arithmetic.SIDE, arithmetic.SIDE, arithmetic.CHANNELS), name="images")
        logits = follow(self.net, self, images, skips=skips, surgery=self.surgery)
        return keras.Model(images, logits, name=f"{'resnet' if skips else 'plain'}{self.net.depth}")

    def tapped(self, model: keras.Model) -> keras.Model:
        """Return a model that this has made, with the inputs of its weight layers as outputs."""
        names = filter(self.surgery.has_layer, arithmetic.weight_layers(self.net))
        return keras.Model(model.input, [*(self.inputs[name] for name in names), model.output])

    def layer(self, name: str, make: Callable[..., layers.Layer], **options) -> layers.Layer:
        """Return the shared layer of a name, or a new one."""
        if name in self.shared:
            return self.shared[name]
        return make(name=name, **({"dtype": self.dtype} | options))

    def channels(self, x) -> int:
        return x.shape[-1]

    def conv(self, name: str, x, filters: int, kernel: int, stride: int = 1, *, beside=False):
        self.inputs[name] = x
        return self.layer(
            name,
            layers.Conv2D,
            filters=filters,
            kernel_size=kernel,
            strides=stride,
            padding="same",
            use_bias=not self.net.batch_norm,  # BatchNorm's beta takes its place
            kernel_initializer=_init(self.net, self.seed, name),
        )(x)

    def depthwise(self, name: str, x, kernel: int, stride: int = 1):
        self.inputs[name] = x
        return self.layer(
            name,
            layers.DepthwiseConv2D,
            kernel_size=kernel,
            strides=stride,
            padding="same",
            use_bias=not self.net.batch_norm,
            depthwise_initializer=_init(self.net, self.seed, name, groups=x.shape[-1]),
        )(x)

    def norm(self, name: str, x, gamma: float = 1.0):
        if not self.net.batch_norm:
            return x
        if name in self.shared:
            return self.shared[name](x)
        start = keras.initializers.Constant(gamma)
        return FusedBatchNorm(name=name, momentum=BN_MOMENTUM, gamma_initializer=start)(x)

    def activation(self, name: str, x):
        if self.net.activation == "relu":
            return self.layer(name, layers.ReLU)(x)
        return self.layer(name, layers.Activation, activation=self.net.activation)(x)

    def add(self, name: str, x, y):
        return self.layer(name, layers.Add)([x, y])

    def scale(self, name: str, x, factor: float):
        return self.layer(name, Scale, factor=factor)(x)

    def learned_scale(self, name: str, x):
        return self.layer(name, LearnedScale)(x)

    def drop(self, name: str, x, rate: float):
        return self.layer(name, Drop, rate=rate, seed=self.seed)(x)

    def pad(self, name: str, x, stride: int, channels: int):
        return self.layer(name, PadShortcut, stride=stride, channels=channels)(x)

    def subsample(self, name: str, x):
        return self.layer(name, EverySecondPixel)(x)

    def squeeze(self, name: str, x, hidden: int):
        y = self.layer(f"{name}_pool", layers.GlobalAveragePooling2D, keepdims=True)(x)
        y = self._dense(f"{name}_down", y, hidden, activation="relu")
        y = self._dense(f"{name}_up", y, x.shape[-1], activation="sigmoid")
        return self.layer(f"{name}_weigh", layers.Multiply)([x, y])

    def pool(self, name: str, x):
        return self.layer(name, layers.GlobalAveragePooling2D, dtype="float32")(x)

    def dense(self, name: str, x, units: int):
        return self._dense(name, x, units, dtype="float32")

    def _dense(self, name: str, x, units: int, **options):
        self.inputs[name] = x
        init = _init(self.net, self.seed, name)
        return self.layer(name, layers.Dense, units=units, kernel_initializer=init, **options)(x)


def _init(net: NetConfig, seed: int, layer: str, groups: int = 1) -> keras.initializers.Initializer:
    """Return the initialiser of He et al. 2015b (arXiv:1502.01852, §2.2) or Glorot uniform.

    Keras counts all inputs of a depthwise kernel (k, k, groups, 1) as those of one output. `groups`
    corrects this, so that the fan is k².
    """
    seed = zlib.crc32(f"{seed}/{layer}".encode()) % 2**31
    kinds = {"he": keras.initializers.HeNormal, "glorot": keras.initializers.GlorotUniform}
    if groups == 1:
        return kinds[net.init](seed=seed)
    if net.init == "he":
        return keras.initializers.VarianceScaling(2.0 * groups, "fan_in", seed=seed)
    return keras.initializers.VarianceScaling((groups + 1) / 2, "fan_avg", "uniform", seed=seed)
