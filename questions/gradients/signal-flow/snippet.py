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
    """||dL/dW|| of the second and of the last convolution, at step 0."""
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(
                labels=labels, logits=logits
            )
        )
    kernels = [w for w in model.trainable_variables if len(w.shape) == 4]
    norms = [float(tf.norm(g)) for g in tape.gradient(loss, kernels)]
    return norms[1], norms[-1]


for norm, init, skip in (
    (True, "he_normal", False),
    (True, "he_normal", True),
    (False, "glorot_uniform", False),
    (False, "he_normal", False),
    (False, "he_normal", True),
):
    second, last = gradients(net(norm, init, skip))
    name = f"{'residual' if skip else 'plain'}, {'BN' if norm else 'no BN'}, {init}"
    if second > 100 * last:
        verdict = "explodes backwards"
    elif max(second, last) < 1e-6:
        verdict = "vanished everywhere"
    elif min(second, last) > 1e3:
        verdict = "huge everywhere"
    else:
        verdict = "within two orders"
    print(f"{name:31s} {verdict}")
