"""Define the layers that Keras lacks or computes too slowly."""

import zlib

import tensorflow as tf
from keras import layers


class FusedBatchNorm(layers.BatchNormalization):
    """Normalise by TensorFlow's fused BatchNorm kernel.

    Keras 3 computes BatchNorm from two reductions on the CPU, which takes a third of a training
    step. The kernel averages the unbiased variance (Ioffe & Szegedy 2015, arXiv:1502.03167, Alg.
    2), Keras the biased one. For bfloat16 the channels must be a multiple of 16: with 8 the kernel
    is forty times slower, so the layer then computes in float32.

    With `by_averages` it normalises by its moving averages in training too, and leaves them alone.
    """

    by_averages = False

    def __init__(self, **options):
        super().__init__(**options, dtype="float32", autocast=False)

    def call(self, x, training=None, mask=None):
        training = training and not self.by_averages
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
    """Take every second pixel and fill missing channels with zeros (option A, He et al. 2015)."""

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
    """Take every second pixel, so that a 1x1 convolution of stride 1 can replace one of stride 2.

    TensorFlow 2.21's oneDNN path corrupts memory in the filter gradient of a strided 1x1
    convolution with 6, 8 or 10 input channels.
    """

    def call(self, x):
        return every_second(x)

    def compute_output_shape(self, shape):
        batch, height, width, channels = shape
        return (batch, -(-height // 2), -(-width // 2), channels)


def every_second(x: tf.Tensor) -> tf.Tensor:
    """Return x[:, ::2, ::2] for even sides.

    The result is a slice of whole pixels. TensorFlow walks a strided slice and its gradient one
    element at a time, which took 7 % of a step.
    """
    _, height, width, channels = x.shape
    pairs = tf.reshape(x, (-1, height // 2, 2, width // 2, 2 * channels))
    firsts = tf.slice(pairs, [0] * 5, (-1, height // 2, 1, width // 2, channels))
    return tf.reshape(firsts, (-1, height // 2, width // 2, channels))


class Scale(layers.Layer):
    """Multiply by a constant."""

    def __init__(self, factor: float, **options):
        super().__init__(**options)
        self.factor = factor

    def call(self, x):
        return x * tf.cast(self.factor, x.dtype)

    def get_config(self):
        return {**super().get_config(), "factor": self.factor}


class LearnedScale(layers.Layer):
    """Multiply by one trained number α that starts at 0 (De & Smith 2020, arXiv:2002.10444)."""

    def build(self, shape):
        self.alpha = self.add_weight(name="alpha", shape=(), initializer="zeros")

    def call(self, x):
        return x * tf.cast(self.alpha, x.dtype)


class Drop(layers.Layer):
    """Set a share of the values to 0 in training; otherwise scale by 1 - rate.

    Values that are kept are not scaled up, so the expectation is (1 - rate) x both times. The masks
    follow from the layer's name, the seed and a counter. The last two are weights, so a resumed run
    continues with the mask that it would have had.
    """

    def __init__(self, rate: float, seed: int, **options):
        super().__init__(**options)
        self.rate, self.seed = rate, seed

    def build(self, shape):
        self.drawn = self.add_weight(
            name="drawn", shape=(2,), initializer="zeros", trainable=False, dtype="float32"
        )
        self.restart(self.seed)

    def restart(self, seed: int) -> None:
        """Start again with the first mask of a seed."""
        self.drawn.assign([float(seed % 2**24), 0.0])

    def call(self, x, training=None):
        if not training:
            return x * tf.cast(1.0 - self.rate, x.dtype)
        drawn = tf.cast(self.drawn.value, tf.int32)
        self.drawn.assign_add([0.0, 1.0])
        place = zlib.crc32(self.name.encode()) % 2**31
        chance = tf.random.stateless_uniform(tf.shape(x), [drawn[0] ^ place, drawn[1]])
        return x * tf.cast(chance >= self.rate, x.dtype)

    def get_config(self):
        return {**super().get_config(), "rate": self.rate, "seed": self.seed}
