"""Compute the same net in float64, as the reference for rounding errors."""

import keras
import tensorflow as tf
from keras import layers

from resnet_core.nn.resnet.layers import Drop, FusedBatchNorm


class Float64BatchNorm(layers.Layer):
    """Compute FusedBatchNorm's training pass written out: the fused kernel has no float64."""

    def __init__(self, epsilon: float, **options):
        super().__init__(**options)
        self.epsilon = epsilon

    def build(self, shape):
        # In the order in which BatchNorm lists them, so that weights carry over.
        self.gamma = self.add_weight(shape=shape[-1:], name="gamma")
        self.beta = self.add_weight(shape=shape[-1:], name="beta")
        self.moving_mean = self.add_weight(shape=shape[-1:], name="moving_mean", trainable=False)
        self.moving_variance = self.add_weight(
            shape=shape[-1:], name="moving_variance", trainable=False
        )

    def call(self, x, training=None, mask=None):
        if training:
            mean, variance = tf.nn.moments(x, (0, 1, 2))
        else:
            mean, variance = self.moving_mean.value, self.moving_variance.value
        scale = self.gamma.value * tf.math.rsqrt(variance + self.epsilon)
        return (x - mean) * scale + self.beta.value

    def get_config(self):
        return {**super().get_config(), "epsilon": self.epsilon}


def in_float64(model: keras.Model) -> keras.Model:
    """Return a copy of a net with the same weights that computes in float64 throughout.

    Raises TypeError if a layer would compute in less, because then it is no reference.
    """
    images = keras.Input(model.input_shape[1:], dtype="float64", name="images")
    exact = keras.models.clone_model(model, input_tensors=images, clone_function=_copy)
    exact.set_weights(model.get_weights())
    computing = [layer for layer in exact.layers if not isinstance(layer, layers.InputLayer)]
    coarse = [layer.name for layer in computing if layer.compute_dtype != "float64"]
    # Drop's counter of masks enters no product.
    weighing = [layer for layer in computing if not isinstance(layer, Drop)]
    coarse += [w.path for layer in weighing for w in layer.weights if w.dtype != "float64"]
    if coarse or {exact.input.dtype, exact.output.dtype} != {"float64"}:
        raise TypeError(f"These parts of the reference do not compute in float64: {coarse}.")
    return exact


def _copy(layer: layers.Layer) -> layers.Layer:
    if isinstance(layer, FusedBatchNorm):
        return Float64BatchNorm(layer.epsilon, name=layer.name, dtype="float64")
    config = {**layer.get_config(), "dtype": "float64"}
    return type(layer).from_config(config)
