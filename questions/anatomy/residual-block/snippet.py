import numpy as np, keras
from keras import layers

keras.utils.set_random_seed(0)
x = keras.Input((8, 8, 16))
y = layers.Conv2D(16, 3, padding="same", use_bias=False, name="conv1")(x)
y = layers.BatchNormalization(name="bn1")(y)
y = layers.ReLU()(y)
y = layers.Conv2D(16, 3, padding="same", use_bias=False, name="conv2")(y)
y = layers.BatchNormalization(name="bn2")(y)
out = layers.ReLU()(layers.Add()([y, x]))  # the last ReLU comes after the addition
block = keras.Model(x, out)

images = np.random.default_rng(0).normal(size=(32, 8, 8, 16)).astype("float32")


def by_hand(x, order="after"):
    """The same block in NumPy, BatchNorm by batch statistics."""

    def conv(x, w):
        p = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
        return sum(
            p[:, i : i + 8, j : j + 8] @ w[i, j] for i in range(3) for j in range(3)
        )

    def norm(x):
        return (x - x.mean((0, 1, 2))) / np.sqrt(x.var((0, 1, 2)) + 1e-3)

    relu = lambda x: np.maximum(x, 0)
    w1, w2 = (block.get_layer(n).kernel.numpy() for n in ("conv1", "conv2"))
    f = norm(conv(relu(norm(conv(x, w1))), w2))
    return relu(f + x) if order == "after" else relu(f) + x


keras_out = np.asarray(block(images, training=True))
print("same as by hand:", np.allclose(keras_out, by_hand(images), atol=1e-3))
print(
    "wrong order differs:",
    not np.allclose(keras_out, by_hand(images, "before"), atol=1e-3),
)
print(f"parameters={block.count_params() - 2 * 2 * 16} trainable")

branch = keras.Model(x, y)
full = np.std(branch(images, training=True))
for name in ("conv1", "conv2"):
    kernel = block.get_layer(name).kernel
    kernel.assign(kernel / 2)
half = np.std(branch(images, training=True))  # BatchNorm divides the scale out again
print(f"std of the branch: {full:.2f}, with half the weights: {half:.2f}")

block.get_layer("bn2").gamma.assign(np.zeros(16))
positive = np.abs(images)
print(
    "gamma 0: output is the input:",
    np.allclose(block(positive, training=True), positive),
)
