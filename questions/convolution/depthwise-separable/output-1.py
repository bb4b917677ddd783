import numpy as np
from keras import layers

x = np.zeros((1, 8, 8, 16), "float32")
layer = layers.DepthwiseConv2D(3, depth_multiplier=2, use_bias=False)
y = layer(x)
print(y.shape, layer.count_params())
