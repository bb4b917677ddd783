"""Train with Keras' own `fit`, as its guides advise, on a net written with its own layers."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from resnet_core.bench.case import Case
from resnet_core.data.batches import PAD
from resnet_core.experiment import arithmetic
from resnet_core.nn.bench.gate import Gate

SHUFFLED = 10_000


def train(
    case: Case, gate: Gate, *, jit: bool = False, arrays: bool = True, record: bool = False
) -> None:
    """Train until the gate raises Ended.

    With `arrays` the images are in memory and Keras' own layers augment them; otherwise a cached
    tf.data pipeline does. `record` adds a callback that computes the gradient norms of each batch
    as tutorials do.
    """
    keras.utils.set_random_seed(case.seed)
    if case.dtype == "bfloat16":
        keras.mixed_precision.set_dtype_policy("mixed_bfloat16")
    model = _net(case, augment=arrays)
    model.compile(
        keras.optimizers.SGD(case.learning_rate, momentum=case.momentum),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=[keras.metrics.SparseCategoricalCrossentropy(from_logits=True, name="entropy")],
        jit_compile=jit,
    )
    seen = [_Norms(*next(case.batches()))] if record else []
    seen.append(_Passing(gate))
    if arrays:
        data = case.data()
        mean, deviation = case.statistics(data)
        images = (data.train_images - mean) / deviation
        model.fit(images, data.train_labels, case.batch, epochs=1000, verbose=0, callbacks=seen)
    else:
        model.fit(_pipeline(case), epochs=1, verbose=0, callbacks=seen)


class _Passing(keras.callbacks.Callback):
    """Pass the gate with the loss of each batch. Keras reports the mean since the epoch began."""

    def __init__(self, gate: Gate):
        super().__init__()
        self._gate = gate

    def on_epoch_begin(self, epoch, logs=None):
        self._before = 0.0

    def on_train_batch_end(self, batch, logs=None):
        total = logs["entropy"] * (batch + 1)
        self._gate.passed(total - self._before)
        self._before = total


class _Norms(keras.callbacks.Callback):
    """Record the gradient norms by a second forward and backward pass for each batch."""

    def __init__(self, images: np.ndarray, labels: np.ndarray):
        super().__init__()
        self._images, self._labels = tf.constant(images), tf.constant(labels)
        self.history = []

    def on_train_batch_end(self, batch, logs=None):
        with tf.GradientTape() as tape:
            logits = self.model(self._images, training=True)
            loss = self.model.compute_loss(y=self._labels, y_pred=logits)
        gradients = tape.gradient(loss, self.model.trainable_variables)
        self.history.append([float(tf.norm(gradient)) for gradient in gradients])


def _pipeline(case: Case) -> tf.data.Dataset:
    data = case.data()
    mean, deviation = case.statistics(data)
    side = arithmetic.SIDE

    def prepared(image, label):
        image = (tf.cast(image, tf.float32) - mean) / deviation
        padded = tf.pad(image, [[PAD, PAD], [PAD, PAD], [0, 0]])
        crop = tf.image.random_crop(padded, (side, side, arithmetic.CHANNELS))
        return tf.image.random_flip_left_right(crop), label

    raw = tf.data.Dataset.from_tensor_slices((data.train_images, data.train_labels))
    return (
        raw.cache()
        .shuffle(SHUFFLED, seed=case.seed)
        .repeat()
        .map(prepared, tf.data.AUTOTUNE)
        .batch(case.batch, drop_remainder=True)
        .prefetch(tf.data.AUTOTUNE)
    )


def _net(case: Case, augment: bool) -> keras.Model:
    net, decay = case.net, keras.regularizers.L2(case.weight_decay / 2)

    def conv(x, width, stride):
        x = layers.Conv2D(
            width,
            3,
            stride,
            "same",
            use_bias=False,
            kernel_initializer="he_normal",
            kernel_regularizer=decay,
        )(x)
        return layers.BatchNormalization()(x)

    side = arithmetic.SIDE
    images = keras.Input((side, side, arithmetic.CHANNELS))
    x = images
    if augment:
        x = layers.RandomFlip("horizontal")(x)
        x = layers.RandomTranslation(PAD / side, PAD / side, fill_mode="constant")(x)
    x = layers.ReLU()(conv(x, net.width, 1))
    for _, _, width, stride in arithmetic.blocks(net):
        y = layers.ReLU()(conv(x, width, stride))
        y = conv(y, width, 1)
        if x.shape[-1] != width:
            x = _OptionA(stride, width - x.shape[-1])(x)
        x = layers.ReLU()(layers.Add()([x, y]))
    x = layers.GlobalAveragePooling2D()(x)
    logits = layers.Dense(net.classes, kernel_regularizer=decay, dtype="float32")(x)
    return keras.Model(images, logits)


class _OptionA(layers.Layer):
    def __init__(self, stride: int, missing: int):
        super().__init__()
        self.stride, self.missing = stride, missing

    def call(self, x):
        x = x[:, :: self.stride, :: self.stride]
        return keras.ops.pad(x, [[0, 0], [0, 0], [0, 0], [0, self.missing]])
