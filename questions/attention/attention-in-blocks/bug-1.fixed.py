import numpy as np, keras
from keras import layers, ops


class ChannelAttention(layers.Layer):
    def build(self, shape):
        channels = shape[-1]
        self.down = layers.Dense(channels // 4, "relu")
        self.up = layers.Dense(channels, "sigmoid")
        self.down.build((None, channels))
        self.up.build((None, channels // 4))

    def call(self, x):
        pooled = ops.mean(x, (1, 2))
        gate = self.up(self.down(pooled))
        gate = gate[:, None, None, :]
        return x * gate


x = np.full((2, 4, 4, 16), 5.0, "float32")
out = np.asarray(ChannelAttention()(x))
inside = bool(((out > 0) & (out < 1)).all())
print("output stays within (0, 1):", inside)
