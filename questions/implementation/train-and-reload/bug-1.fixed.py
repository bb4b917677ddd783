import keras
from keras import layers


def conv_bn(x, width, kernel, stride=1):
    x = layers.Conv2D(width, kernel, stride, "same", use_bias=False)(x)
    return layers.BatchNormalization()(x)


def block(x, width, stride=1):
    y = layers.ReLU()(conv_bn(x, width, 3, stride))
    y = conv_bn(y, width, 3)
    shortcut = x
    if stride != 1 or x.shape[-1] != width:
        shortcut = conv_bn(x, width, 1, stride)
    return layers.ReLU()(layers.Add()([y, shortcut]))


images = keras.Input((32, 32, 8))
print(block(images, 16).shape)
