import numpy as np, keras
from keras import layers, regularizers

# 130 images in batches of 64, so the last batch has two. A net with BatchNorm and L2.
keras.utils.set_random_seed(0)
rng = np.random.default_rng(0)
x, y = rng.normal(size=(130, 8)).astype("float32"), rng.integers(0, 3, 130)
x[:, 0] += y
net = keras.Sequential(
    [
        keras.Input((8,)),
        layers.Dense(16, "relu", kernel_regularizer=regularizers.L2(0.01)),
        layers.BatchNormalization(momentum=0.9),
        layers.Dense(3),
    ]
)
cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
net.compile(keras.optimizers.Adam(0.01), cross_entropy)
net.fit(x[:128], y[:128], batch_size=64, epochs=20, verbose=0)
y[128:] = (y[128:] + 1) % 3  # the two of the last batch are hard


def loop(training=False, weighted=True, penalty=True, drop=False):
    """Return the mean loss as a loop of my own computes it."""
    total, count = 0.0, 0
    for i in range(0, 130, 64):
        images, labels = x[i : i + 64], y[i : i + 64]
        if drop and len(images) < 64:
            continue
        loss = float(cross_entropy(labels, net(images, training=training)))
        weight = len(images) if weighted else 1
        total, count = total + weight * loss, count + weight
    return total / count + penalty * float(sum(net.losses))


print(f"evaluate                   {net.evaluate(x, y, batch_size=64, verbose=0):.3f}")
print(f"loop, all of it right      {loop():.3f}")
print(f"mean of the batch means    {loop(weighted=False):.3f}")
print(f"last batch dropped         {loop(drop=True):.3f}")
print(f"L2 penalty left out        {loop(penalty=False):.3f}")
before = net.layers[1].moving_mean.numpy()
print(f"training=True              {loop(training=True):.3f}")
after = net.layers[1].moving_mean.numpy()
print("that also moved the averages:", not np.array_equal(before, after))
