import numpy as np, tensorflow as tf, keras
from keras import layers

keras.utils.set_random_seed(0)
x = np.random.default_rng(0).normal(3.0, 2.0, (64, 4, 4, 3)).astype("float32")

# Training: the batch's own mean and variance over N, H and W,
# one pair for each channel.
norm = layers.BatchNormalization(momentum=0.99, epsilon=1e-3)
by_hand = (x - x.mean((0, 1, 2))) / np.sqrt(x.var((0, 1, 2)) + 1e-3)
print("training by hand:", np.allclose(norm(x, training=True), by_hand, atol=1e-4))

# So an image's output depends on its neighbours in training, not at inference.
for training in (True, False):
    alone, among = norm(x[:1], training=training), norm(x, training=training)[:1]
    same = np.allclose(alone, among, atol=1e-4)
    print(f"alone as in the batch, training={training}:", same)

# The moving averages of inference start at 0 and 1 and need time.
ten = np.full((8, 1, 1, 1), 10.0, "float32")
average = layers.BatchNormalization(momentum=0.99)
for step in range(1, 101):
    average(ten, training=True)
    if step in (1, 10, 100):
        share = 100 * float(average.moving_mean[0]) / 10
        print(f"pct_after_{step}={share:.1f}")

# Backward by hand: the mean and the part along x-hat are taken out of the gradient.
g = np.random.default_rng(1).normal(size=x.shape).astype("float32")
with tf.GradientTape() as tape:
    v = tf.constant(x)
    tape.watch(v)
    loss = tf.reduce_sum(norm(v, training=True) * g)
dx = tape.gradient(loss, v).numpy()
mean = lambda a: a.mean((0, 1, 2))
slow = (g - mean(g) - by_hand * mean(g * by_hand)) / np.sqrt(
    x.var((0, 1, 2)) + 1e-3
)
print("backward by hand:", np.allclose(dx, slow, atol=1e-3))


# The scale of the weights before it does not matter: twice the weights give the
# same output and half the gradient. So weight decay acts on the step, not on the net.
def through(w):
    with tf.GradientTape() as tape:
        tape.watch(w)
        out = norm(tf.constant(x) @ w, training=True)
        loss = tf.reduce_sum(out * g)
    return out.numpy(), tape.gradient(loss, w).numpy()


norm = layers.BatchNormalization(epsilon=1e-6)
w = tf.constant(np.random.default_rng(3).normal(size=(3, 3)).astype("float32"))
(out, d), (out_2, d_2) = through(w), through(2 * w)
print("twice the weights, same output:", np.allclose(out, out_2, atol=1e-3))
print(f"gradient at twice the weights: {np.linalg.norm(d_2) / np.linalg.norm(d):.2f}")


# Gradients at initialisation, 40 dense ReLU layers of width 256, three seeds:
# BN makes them grow backwards.
def growth(with_norm, seed):
    keras.utils.set_random_seed(seed)
    h = inputs = keras.Input((256,))
    for _ in range(40):
        h = layers.Dense(256, use_bias=False, kernel_initializer="he_normal")(h)
        h = layers.ReLU()(layers.BatchNormalization()(h) if with_norm else h)
    model = keras.Model(inputs, layers.Dense(10)(h))
    data = np.random.default_rng(2).normal(size=(256, 256)).astype("float32")
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(
                labels=np.arange(256) % 10, logits=model(data, training=True)
            )
        )
    kernels = [w for w in model.trainable_variables if w.path.endswith("kernel")]
    norms = [float(tf.norm(d)) for d in tape.gradient(loss, kernels)]
    return (norms[1] / norms[-2]) ** (1 / 38)


for name, with_norm in (("with_bn", True), ("without", False)):
    low, middle, high = sorted(growth(with_norm, seed) for seed in range(3))
    print(f"growth_per_layer_{name}={middle:.2f} ({low:.2f} to {high:.2f})")
