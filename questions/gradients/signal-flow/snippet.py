import numpy as np, tensorflow as tf, keras
from keras import layers


def net(norm, init, skip, blocks=9):
    """6n + 2 = 56 layers, width 8, option A shortcuts."""
    keras.utils.set_random_seed(3)

    def conv(x, channels, stride=1):
        x = layers.Conv2D(
            channels, 3, stride, "same", use_bias=False, kernel_initializer=init
        )(x)
        return layers.BatchNormalization()(x) if norm else x

    def shortcut(x):
        x = layers.AveragePooling2D(1, 2)(x)
        return layers.Concatenate()([x, layers.Rescaling(0.0)(x)])

    images = keras.Input((16, 16, 3))
    x = layers.ReLU()(conv(images, 8))
    for stage in range(3):
        for block in range(blocks):
            stride = 2 if stage and not block else 1
            y = conv(layers.ReLU()(conv(x, 8 * 2**stage, stride)), 8 * 2**stage)
            if skip:
                y = layers.Add()([y, shortcut(x) if stride == 2 else x])
            x = layers.ReLU()(y)
    return keras.Model(images, layers.Dense(10)(layers.GlobalAveragePooling2D()(x)))


images = np.random.default_rng(0).normal(size=(32, 16, 16, 3)).astype("float32")
labels = np.arange(32) % 10


def gradients(model):
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(
                labels=labels, logits=logits
            )
        )
    return tape.gradient(loss, model.trainable_variables)


def verdict(found):
    """From ||dL/dW|| of the 55 convolutions, first to last."""
    norms = [float(tf.norm(g)) for g in found if len(g.shape) == 4]
    if norms[1] > 100 * norms[-1]:
        return "explodes backwards"
    if max(norms) < 1e-6:
        return "vanished everywhere"
    if min(norms) > 1e3:
        return "huge everywhere"
    return "within two orders" if max(norms) < 100 * min(norms) else "uneven"


for norm, init, skip in (
    (True, "he_normal", False),
    (True, "he_normal", True),
    (False, "glorot_uniform", False),
    (False, "he_normal", False),
    (False, "he_normal", True),
):
    model = net(norm, init, skip)
    found = gradients(model)
    name = f"{'residual' if skip else 'plain'}, {'BN' if norm else 'no BN'}, {init}"
    print(f"{name:31s} {verdict(found)}")
    if norm and not skip:
        keras.optimizers.SGD(0.1).apply(found, model.trainable_variables)
        print(f"{'    one SGD step later':31s} {verdict(gradients(model))}")
