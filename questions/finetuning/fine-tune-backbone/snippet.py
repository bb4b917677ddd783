import numpy as np, keras
from keras import layers

keras.utils.set_random_seed(0)


def stripes(n, first, seed):
    """Noisy stripes: five directions, from `first` on, are classes."""
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 5, n)
    angle, phase = np.pi * (y + first) / 10, rng.uniform(0, 6.28, n)
    u, v = np.meshgrid(np.arange(16), np.arange(16), indexing="ij")
    wave = np.multiply.outer(np.cos(angle), u)
    wave += np.multiply.outer(np.sin(angle), v) + phase[:, None, None]
    x = np.sin(0.9 * wave) + 1.2 * rng.normal(size=wave.shape)
    return x[..., None].astype("float32"), y


def backbone():
    def conv(x, width, stride):
        x = layers.Conv2D(width, 3, stride, "same", use_bias=False)(x)
        return layers.BatchNormalization(momentum=0.9)(x)

    image = keras.Input((16, 16, 1))
    x = layers.ReLU()(conv(image, 16, 2))
    y = conv(layers.ReLU()(conv(x, 16, 1)), 16, 1)
    x = layers.ReLU()(layers.Add()([x, y]))
    x = layers.ReLU()(conv(x, 32, 2))
    return keras.Model(image, layers.GlobalAveragePooling2D()(x))


def fit(net, data, rate, epochs):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    adam = keras.optimizers.Adam(rate)
    net.compile(adam, loss, metrics=["accuracy"])
    net.fit(*data, batch_size=20, epochs=epochs, verbose=0)
    return net.evaluate(*test, verbose=0)[1]


few, test = stripes(40, 5, 2), stripes(2000, 5, 3)  # the new task
base = backbone()
old = keras.Sequential([base, layers.Dense(5)])
fit(old, stripes(2000, 0, 1), 3e-3, 4)
norms = [x for x in base.layers if hasattr(x, "moving_mean")]
before = [norm.moving_mean.numpy() for norm in norms]
image = keras.Input((16, 16, 1))
net = keras.Model(image, layers.Dense(5)(base(image, training=False)))
base.trainable = False  # stage 1: the head alone
print(f"head_only={fit(net, few, 1e-2, 30):.2f}")
kept = net.get_weights()
for name, frozen in (("thawed", False), ("frozen", True)):
    net.set_weights(kept)
    base.trainable = True  # stage 2: all layers, a tenth of the rate
    for norm in norms:
        norm.trainable = not frozen
    print(f"all_layers_bn_{name}={fit(net, few, 1e-3, 20):.2f}")
    after = [norm.moving_mean.numpy() for norm in norms]
    print("statistics kept:", np.array_equal(before[0], after[0]))
scratch = keras.Sequential([backbone(), layers.Dense(5)])
print(f"from_scratch={fit(scratch, few, 1e-2, 50):.2f}")
