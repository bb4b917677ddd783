import numpy as np, tensorflow as tf, keras
from keras import layers


def shortcut(x):
    """Option A: every second pixel, missing channels filled with zeros; no weights."""
    x = layers.AveragePooling2D(1, 2)(x)
    return layers.Concatenate()([x, layers.Rescaling(0.0)(x)])


def net(blocks, skip):
    """6n + 2 layers with 8, 16 and 32 channels."""
    keras.utils.set_random_seed(1)
    conv = lambda c, s: layers.Conv2D(
        c, 3, s, "same", use_bias=False, kernel_initializer="he_normal"
    )
    norm = lambda: layers.BatchNormalization(momentum=0.9)
    images = keras.Input((16, 16, 1))
    x = layers.ReLU()(norm()(conv(8, 1)(images)))
    for stage in range(3):
        for block in range(blocks):
            c, s = 8 * 2**stage, 2 if stage and not block else 1
            y = layers.ReLU()(norm()(conv(c, s)(x)))
            y = norm()(conv(c, 1)(y))
            if skip:
                y = layers.Add()([y, shortcut(x) if s == 2 else x])
            x = layers.ReLU()(y)
    return keras.Model(images, layers.Dense(10)(layers.GlobalAveragePooling2D()(x)))


def gratings(n, rng):
    """Oriented sine waves in noise, one angle for each class."""
    label = rng.integers(0, 10, n)
    turn, phase = np.pi * label / 10, rng.uniform(0, 6.28, n)
    i, j = np.mgrid[0:16, 0:16]
    wave = np.sin(
        0.9 * (np.cos(turn)[:, None, None] * i + np.sin(turn)[:, None, None] * j)
        + phase[:, None, None]
    )
    return (wave + rng.normal(0, 0.7, wave.shape))[..., None].astype(
        "float32"
    ), label


images, labels = gratings(2048, np.random.default_rng(0))
final = []
for blocks, skip in ((1, False), (4, False), (4, True)):
    model = net(blocks, skip)
    optimizer = keras.optimizers.SGD(0.05, momentum=0.9)
    loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_of(y, model(x, training=True))
        optimizer.apply(
            tape.gradient(loss, model.trainable_variables),
            model.trainable_variables,
        )
        return loss

    losses = [
        float(
            step(images[i % 2048 : i % 2048 + 64], labels[i % 2048 : i % 2048 + 64])
        )
        for i in range(0, 64 * 64, 64)
    ]
    count = sum(int(np.prod(v.shape)) for v in model.trainable_variables)
    final.append(np.mean(losses[-10:]))
    kind = "residual" if skip else "plain"
    print(f"{kind}, {6 * blocks + 2} layers: parameters {count}")
shallow, deep, residual = final
print("deeper plain net: training loss at least 0.3 higher:", deep > shallow + 0.3)
print("with shortcuts: training loss at least 0.3 lower:", residual < deep - 0.3)
