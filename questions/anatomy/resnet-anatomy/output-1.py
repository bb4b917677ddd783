import keras
from keras import layers

maps = keras.Input((7, 7, 64))
for pool in (layers.GlobalAveragePooling2D(), layers.Flatten()):
    head = keras.Sequential([maps, pool, layers.Dense(10)])
    print(head.count_params())
