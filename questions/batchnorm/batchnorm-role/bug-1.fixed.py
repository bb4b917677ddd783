import numpy as np, keras
from keras import layers

norm = layers.BatchNormalization()
model = keras.Sequential([keras.Input((4,)), norm, layers.Dense(1)])
before = norm.moving_mean.numpy().copy()
x = np.random.default_rng(0).normal(5, 1, (64, 4)).astype("float32")
for _ in range(20):  # your own training loop
    y = model(x, training=True)
moved = not np.allclose(before, norm.moving_mean.numpy())
print("moving mean moved:", moved)
