import numpy as np, keras
from keras import layers, ops


class SE(layers.Layer):
    """Squeeze, excite, scale: one factor in (0, 1) for each channel."""

    def __init__(self, ratio=16, maximum=False, **more):
        super().__init__(**more)
        self.ratio, self.maximum = ratio, maximum

    def build(self, shape):
        channels = shape[-1]
        hidden = max(1, channels // self.ratio)
        self.down = layers.Dense(hidden, "relu")
        self.up = layers.Dense(channels)
        self.down.build((None, channels))
        self.up.build((None, hidden))

    def gate(self, x):
        logits = self.up(self.down(ops.mean(x, (1, 2))))
        if self.maximum:  # CBAM: the same two layers see the maximum too
            logits += self.up(self.down(ops.max(x, (1, 2))))
        return ops.sigmoid(logits)

    def call(self, x):
        return x * self.gate(x)[:, None, None, :]


def spatial_gate(x, conv):
    """CBAM's second half: one factor for each position."""
    maps = [ops.mean(x, -1, keepdims=True), ops.max(x, -1, keepdims=True)]
    return ops.sigmoid(conv(ops.concatenate(maps, -1)))


keras.utils.set_random_seed(0)
x = np.random.default_rng(0).normal(size=(2, 8, 8, 64)).astype("float32")
se, cbam = SE(), SE(maximum=True)
y = np.asarray(se(x))
gate = np.asarray(se.gate(x))
print("gate", gate.shape, "in (0, 1):", bool(((gate > 0) & (gate < 1)).all()))
print("gates of a row sum to 1:", bool(np.allclose(gate.sum(1), 1)))
ratio = y / x
print("same factor at every position:", np.allclose(ratio, ratio[:, :1, :1], atol=1e-4))

conv = layers.Conv2D(1, 7, padding="same", use_bias=False)
print("spatial gate", tuple(spatial_gate(cbam(x), conv).shape))
print(f"SE {se.count_params()}, CBAM {cbam.count_params()} + {conv.count_params()}")

blocks = (3, 256), (4, 512), (6, 1024), (3, 2048)
weights = [n * 2 * c * c // 16 for n, c in blocks]
biases = [n * (c // 16 + c) for n, c in blocks]
print(f"SE in every block of a ResNet-50: {sum(weights + biases):,} parameters")
print(f"without biases {sum(weights):,}, without the last stage {sum(weights[:3]):,}")
