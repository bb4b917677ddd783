import numpy as np, keras
from keras import layers

keras.utils.set_random_seed(0)
conv = layers.Conv2D(8, 3, name="backbone")
net = keras.Sequential(
    [keras.Input((8, 8, 3)), conv, layers.Flatten(), layers.Dense(1)]
)
x = np.random.default_rng(0).normal(size=(64, 8, 8, 3))
y = x.mean((1, 2, 3))

conv.trainable = False  # stage 1: the head alone
net.compile(keras.optimizers.SGD(0.01), "mse")
net.fit(x, y, epochs=2, verbose=0)
conv.trainable = True  # stage 2: fine-tune
net.compile(keras.optimizers.SGD(0.001), "mse")
before = conv.kernel.numpy()
net.fit(x, y, epochs=2, verbose=0)
print("convolution moved:", not np.array_equal(before, conv.kernel))
