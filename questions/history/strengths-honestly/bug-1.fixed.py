import keras
from keras import layers

features = keras.Input((7, 7, 2048))
x = layers.GlobalAveragePooling2D()(features)
out = layers.Dense(1000)(x)
head = keras.Model(features, out)
print("weights of the head:", head.count_params())
