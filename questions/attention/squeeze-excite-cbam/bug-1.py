import numpy as np
from keras import layers


def se(x, ratio=4):
    """Squeeze and excite with two 1x1 convolutions."""
    channels = x.shape[-1]
    y = layers.GlobalAveragePooling2D()(x)
    y = layers.Conv2D(channels // ratio, 1, activation="relu")(y)
    y = layers.Conv2D(channels, 1, activation="sigmoid")(y)
    return layers.Multiply()([x, y])


print(se(np.ones((2, 8, 8, 16), "float32")).shape)
