import numpy as np, keras
from keras import layers, ops

keras.utils.set_random_seed(0)


def gate(x, ratio=4):
    """SE's gate: one factor in (0, 1) for each channel."""
    channels = x.shape[-1]
    z = layers.GlobalAveragePooling2D(keepdims=True)(x)
    z = layers.Dense(max(1, channels // ratio), "relu")(z)
    return layers.Dense(channels, "sigmoid")(z)


def block(x, place):
    """A residual block without its attention, or with it at a place."""
    f = x
    for last in (False, True):
        f = layers.Conv2D(x.shape[-1], 3, padding="same", use_bias=False)(f)
        f = layers.BatchNormalization()(f)
        f = f if last else layers.ReLU()(f)
    if place == "branch":
        f = layers.Multiply()([f, gate(f)])
    y = layers.Add()([f, x])
    if place == "after":
        y = layers.Multiply()([y, gate(y)])
    return y  # before the last ReLU


images = keras.Input((8, 8, 16))
x = np.abs(np.random.default_rng(0).normal(size=(4, 8, 8, 16))).astype("float32")
for place in ("none", "branch", "after"):
    keras.utils.set_random_seed(0)
    net = keras.Model(images, block(images, place))
    for layer in net.layers:  # switch the branch off: gamma of its last norm
        if isinstance(layer, layers.BatchNormalization):
            layer.gamma.assign(np.zeros(16))
    kept = np.allclose(net(x, training=True), x, atol=1e-5)
    print(f"{place:7} parameters {net.count_params()}  branch off: identity {kept}")

# Self-attention compares positions pairwise: the stage decides the cost.
for side, stage in ((56, 1), (28, 2), (14, 3), (7, 4)):
    print(f"stage {stage}, {side}x{side}: {(side * side) ** 2:,} pairs")
