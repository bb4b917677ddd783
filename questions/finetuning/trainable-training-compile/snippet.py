import warnings

import numpy as np, keras
from keras import layers

x = np.random.default_rng(0).normal(3, 2, size=(64, 4)).astype("float32")
y = np.zeros(64)
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def nets(**call):
    """Return a base with BatchNorm and a functional net that ends in a new head."""
    keras.utils.set_random_seed(0)
    base = keras.Sequential(
        [keras.Input((4,)), layers.Dense(8), layers.BatchNormalization()]
    )
    inputs = keras.Input((4,))
    return base, keras.Model(inputs, layers.Dense(2)(base(inputs, **call)))


def moved(what, base, run):
    """Print which weights of the base a run moves, and how many warnings it gives."""
    before = [v.numpy().copy() for v in base.weights]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        run()
    same = [np.array_equal(b, v) for b, v in zip(before, base.weights)]
    kernel, _, gamma, _, mean, _ = ("-" if equal else "moves" for equal in same)
    print(f"{what:36s} {kernel:7s} {gamma:7s} {mean:8s} {len(caught)}")


print(f"{'':36s} kernel  gamma   average  warnings")
for what, call, freeze in (
    ("fit", {}, None),
    ("fit, base called training=False", {"training": False}, None),
    ("fit, BatchNorm frozen", {}, 1),
):
    base, net = nets(**call)
    if freeze:
        base.layers[freeze].trainable = False
    net.compile(keras.optimizers.SGD(0.1), loss)
    moved(what, base, lambda: net.fit(x, y, verbose=0))

base, net = nets()
net.compile(keras.optimizers.SGD(0.1), loss)
net.fit(x, y, verbose=0)
base.trainable = False
moved("frozen after a first fit", base, lambda: net.fit(x, y, verbose=0))
net.compile(keras.optimizers.SGD(0.1), loss)
moved("compiled again", base, lambda: net.fit(x, y, verbose=0))

base, net = nets()
net.compile(keras.optimizers.SGD(0.1), loss)
base.trainable = False
moved("frozen between compile and first fit", base, lambda: net.fit(x, y, verbose=0))

base, net = nets()
moved("net(x)", base, lambda: net(x))
moved("net(x, training=True)", base, lambda: net(x, training=True))
base.trainable = False
moved("net(x, training=True), base frozen", base, lambda: net(x, training=True))
