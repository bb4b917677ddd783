import keras
from keras import layers

image = keras.Input((32, 32, 16))
x = layers.DepthwiseConv2D(
    kernel_size=3, padding="same", use_bias=False
)(image)
x = layers.ReLU()(layers.BatchNormalization()(x))
x = layers.Conv2D(32, 1, use_bias=False)(x)
x = layers.ReLU()(layers.BatchNormalization()(x))
print("channels out:", x.shape[-1])
