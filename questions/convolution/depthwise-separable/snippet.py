import numpy as np, keras
from keras import layers

keras.utils.set_random_seed(0)
image = np.random.default_rng(0).normal(size=(1, 8, 8, 16))
image = image.astype("float32")


def weights(layer, channels):
    layer.build((None, 8, 8, channels))
    return layer.count_params()


# Cost: k*k*C*D against k*k*C + C*D.
for c, d in ((32, 64), (256, 256)):
    full = weights(layers.Conv2D(d, 3, use_bias=False), c)
    depth = weights(layers.DepthwiseConv2D(3, use_bias=False), c)
    point = weights(layers.Conv2D(d, 1, use_bias=False), c)
    ratio = (depth + point) / full
    print(f"{c}->{d}: full {full:,}, depthwise {depth:,} + 1x1 {point:,}")
    print(f"ratio_{d}={ratio:.4f} formula={1 / d + 1 / 9:.4f}")
    one = weights(layers.SeparableConv2D(d, 3, use_bias=False), c)
    print(f"SeparableConv2D, both steps in one layer: {one:,}")


# Mixing: change input channel 0 and see which outputs notice.
def touched(layer):
    other = image.copy()
    other[..., 0] += 1.0
    change = np.abs(layer(other) - layer(image)).max((0, 1, 2))
    return int((change > 1e-6).sum())


depthwise = layers.DepthwiseConv2D(3, padding="same", use_bias=False)
pointwise = layers.Conv2D(24, 1, use_bias=False)
print(f"outputs touched: depthwise {touched(depthwise)}, "
      f"1x1 {touched(pointwise)}")

# Both steps in a row are one convolution with a factorised kernel.
both = pointwise(depthwise(image))
conv = layers.Conv2D(24, 3, padding="same", use_bias=False)
conv.build(image.shape)
d = np.asarray(depthwise.kernel)  # 3, 3, 16, 1
p = np.asarray(pointwise.kernel)[0]  # 1, 16, 24
conv.kernel.assign(d * p)
print("same as a full convolution:", np.allclose(conv(image), both, atol=1e-4))

# Grouped convolution lies between: groups=1 is full, groups=C depthwise.
for g in (1, 8, 256):
    n = weights(layers.Conv2D(256, 3, groups=g, use_bias=False), 256)
    print(f"groups {g}: {n:,}")

# Who uses it?
nets = {name: getattr(keras.applications, name)(weights=None)
        for name in ("ResNet50", "MobileNetV2")}
for name, net in nets.items():
    kind = layers.DepthwiseConv2D
    n = sum(isinstance(layer, kind) for layer in net.layers)
    print(f"{name}: {n} depthwise layers")

# What would it save in a ResNet-50, every 3x3 depthwise?
before, after = np.zeros(2), np.zeros(2)
for layer in nets["ResNet50"].layers:
    if not isinstance(layer, (layers.Conv2D, layers.Dense)):
        continue
    positions = np.prod(layer.output.shape[1:-1])
    cost = np.array([1, positions]) * np.prod(layer.kernel.shape)
    before += cost
    kernel = getattr(layer, "kernel_size", None)
    after += cost / layer.kernel.shape[-2] if kernel == (3, 3) else cost
for what, b, a in zip(("weights", "multiply-adds"), before, after):
    print(f"{what}: {b / 1e6:,.1f} M, with depthwise 3x3 {a / 1e6:,.1f} M")
