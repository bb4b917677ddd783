import numpy as np, keras
from keras import layers

keras.utils.set_random_seed(0)


def gate(x, ratio=4, bias=0.0):
    """SE's gate: one factor in (0, 1) for each channel."""
    channels = x.shape[-1]
    z = layers.GlobalAveragePooling2D(keepdims=True)(x)
    z = layers.Dense(max(1, channels // ratio), "relu")(z)
    start = keras.initializers.Constant(bias)
    return layers.Dense(channels, "sigmoid", bias_initializer=start)(z)


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

for bias in (0.0, 3.0):  # where an untrained gate starts
    factors = np.asarray(keras.Model(images, gate(images, bias=bias))(x))
    print(f"last bias {bias:.0f}: mean factor {factors.mean():.2f}")

# On the trunk the factors multiply: 54 blocks make 110 layers.
for logit in (0, 6):
    factor = 1 / (1 + np.exp(-logit))
    print(f"factor {factor:.4f} in each of 54 blocks leaves {factor**54:.2g}")

# Self-attention: the stage decides the cost. ResNet-50 has 3,858 M multiply-adds.
for side, width in ((56, 64), (28, 128), (14, 256), (7, 512)):
    positions = side * side
    maps = 3 * width**2 * positions / 1e6  # queries, keys, values
    products = 2 * positions**2 * width / 1e6  # scores, and the weighted sums
    print(
        f"{side}x{side}: {positions**2:,} pairs, maps {maps:.1f} M, "
        f"products {products:,.1f} M, {(maps + products) / 38.58:.1f} % of ResNet-50"
    )
