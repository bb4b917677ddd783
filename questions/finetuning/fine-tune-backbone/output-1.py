import numpy as np, keras
from keras import layers

base = keras.Sequential(
    [keras.Input((4,)), layers.Dense(8), layers.BatchNormalization()]
)
base.layers[1].trainable = False
base.trainable = False  # stage 1
base.trainable = True  # stage 2
print(base.layers[1].trainable, len(base.trainable_variables))
