import numpy as np, tensorflow as tf, keras
from keras import layers

# One step of each clipping at limit 1, on the gradients [3, 4] and [0, 12]:
# is the step as a whole still parallel to the gradient?
gradients = [tf.constant([3.0, 4.0]), tf.constant([0.0, 12.0])]
whole = np.concatenate(gradients)
for name in ("clipvalue", "clipnorm", "global_clipnorm"):
    optimizer = keras.optimizers.SGD(1.0, **{name: 1.0})
    weights = [keras.Variable([0.0, 0.0]) for _ in gradients]
    optimizer.apply(gradients, weights)
    step = np.abs(np.concatenate([w.numpy() for w in weights]))
    cosine = step @ whole / np.linalg.norm(step) / np.linalg.norm(whole)
    print(f"{name:16s}", *(f"{v:.3f}" for v in step), f"cosine={cosine:.2f}")

# Clipping never makes a gradient larger.
tiny = keras.Variable([0.0])
keras.optimizers.SGD(1.0, global_clipnorm=1.0).apply([tf.constant([1e-9])], [tiny])
print(f"a gradient of 1e-9 stays {-float(tiny.numpy()[0]):.0e}")


def plain(init, depth=30):
    keras.utils.set_random_seed(0)
    net = keras.Sequential([keras.Input((16,))])
    for _ in range(depth):
        net.add(layers.Dense(64, "relu", kernel_initializer=init))
    net.add(layers.Dense(1))
    return net


def first_norm(net, x):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((net(x) - 1.0) ** 2)
    return float(tf.norm(tape.gradient(loss, net.layers[0].kernel)))


# The remedy for vanishing is the initialisation; the rate is not in the gradient.
x = np.random.default_rng(0).normal(size=(32, 16)).astype("float32")
glorot, he = (first_norm(plain(init), x) for init in ("glorot_normal", "he_normal"))
print("first layer, He over Glorot: more than a thousand:", he > 1000 * glorot)
found = []
for rate in (1e-4, 1e-1):
    net = plain("he_normal")
    net.compile(keras.optimizers.SGD(rate), "mse")
    before = net.layers[0].kernel.numpy()
    net.fit(x, np.ones((32, 1)), batch_size=32, verbose=0)  # one step
    step = np.linalg.norm(net.layers[0].kernel.numpy() - before)
    found.append((step, step / rate))
(short, first), (long, second) = found
print(f"step at 1e-1 over step at 1e-4: {long / short:.0f}")
print("gradient behind both steps equal:", np.isclose(first, second, rtol=0.01))
