import numpy as np
from keras import layers

norm = layers.BatchNormalization(momentum=0.99)
for _ in range(10):
    norm(np.full((8, 1, 1, 1), 10.0, "float32"), training=True)
print(round(float(norm.moving_mean[0]), 3))
