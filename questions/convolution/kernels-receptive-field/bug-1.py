import numpy as np, keras
from keras import layers

images = keras.Input((32, 32, 3))
branches = []
for kernel in (1, 3, 5):
    y = layers.Conv2D(8, kernel)(images)
    branches.append(layers.ReLU()(y))
out = layers.Add()(branches)
print(keras.Model(images, out).output_shape)
