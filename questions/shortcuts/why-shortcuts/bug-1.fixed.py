import keras
from keras import layers

x = keras.Input((8, 8, 16))
branch = layers.Conv2D(16, 3, padding="same", use_bias=False)(x)
short = x
out = layers.Add()([branch, short])
print("output shape:", out.shape, "| shortcut channels:", short.shape[-1])
