import numpy as np, tensorflow as tf, keras
from keras import layers

keras.utils.set_random_seed(0)
net = keras.Sequential([keras.Input((8, 8, 8))])
for _ in range(40):  # a plain net with BatchNorm
    net.add(layers.Conv2D(8, 3, padding="same",
                          kernel_initializer="he_normal"))
    net.add(layers.BatchNormalization())
    net.add(layers.ReLU())
x = np.random.default_rng(0).normal(size=(32, 8, 8, 8))
with tf.GradientTape() as tape:
    out = net(x.astype("float32"))
    loss = tf.reduce_mean((out - 1.0) ** 2)
kernels = [layer.kernel for layer in net.layers
           if isinstance(layer, layers.Conv2D)]
norms = [float(tf.norm(g)) for g in tape.gradient(loss, kernels)]
print("explodes backwards:", norms[1] > 100 * norms[-1])
