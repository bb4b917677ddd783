import time
import numpy as np, tensorflow as tf, keras
from keras import layers


def macs(layer):
    """Multiply-adds of one convolution or dense layer."""
    if not hasattr(layer, "kernel"):
        return 0
    size = int(np.prod(layer.kernel.shape))
    if isinstance(layer, layers.Dense):
        return size
    return size * int(np.prod(layer.output.shape[1:3]))


def mib(floats):
    return floats * 4 / 2**20


nets = {
    "resnet50": keras.applications.ResNet50,
    "mobilenetv2": keras.applications.MobileNetV2,
}
for name, build in nets.items():
    net = build(weights=None)
    outputs = sum(int(np.prod(x.output.shape[1:])) for x in net.layers)
    print(f"{name}_parameters_m={net.count_params() / 1e6:.2f}")
    print(f"{name}_weights_mib={mib(net.count_params()):.1f}")
    print(f"{name}_gmac={sum(map(macs, net.layers)) / 1e9:.2f}")
    print(f"{name}_outputs_mib_per_image={mib(outputs):.0f}")
    keras.backend.clear_session()

# Multiply-adds do not predict time: depthwise against 1x1.
image = tf.random.stateless_normal((1, 56, 56, 128), seed=(0, 0))
ops = {
    "depthwise": layers.DepthwiseConv2D(3, padding="same"),
    "pointwise": layers.Conv2D(128, 1),
}


def seconds(layer, calls=30):
    run = tf.function(layer)
    run(image)  # the first call traces: not timed
    times = []
    for _ in range(calls):
        start = time.perf_counter()
        run(image)
        times.append(time.perf_counter() - start)
    return np.median(times)


cost = {name: seconds(layer) for name, layer in ops.items()}
work = {n: 56**2 * np.prod(op.kernel.shape) for n, op in ops.items()}
per_mac = {name: cost[name] / work[name] for name in ops}
ratio = work["pointwise"] / work["depthwise"]
print(f"pointwise_over_depthwise_macs={ratio:.1f}")
slower = per_mac["depthwise"] / per_mac["pointwise"]
print("depthwise: over twice the time per multiply-add:", slower > 2)
