import keras
from keras import layers

base = keras.Sequential([keras.Input((4,)), layers.Dense(8), layers.Dense(8)])
net = keras.Sequential([keras.Input((4,)), base, layers.Dense(2)])
base.trainable = False
base.layers[0].trainable = True
print(len(base.trainable_variables), len(net.trainable_variables))
