import time
import numpy as np, tensorflow as tf, keras
from keras import layers

net = keras.Sequential([keras.Input((32, 32, 3))])
for _ in range(4):
    net.add(layers.Conv2D(32, 3, padding="same"))
    net.add(layers.ReLU())
run = tf.function(net)
image = tf.zeros((1, 32, 32, 3))
run(image)  # traces and warms up, not timed
times = []
for _ in range(10):
    start = time.perf_counter()
    run(image)
    times.append(time.perf_counter() - start)
latency, typical = np.mean(times), np.median(times)
print("latency is over twice a typical call:", latency > 2 * typical)
