import keras
from keras import layers

keras.config.set_dtype_policy("mixed_float16")
image = keras.Input((32, 32, 3))
conv = layers.Conv2D(16, 3)
x = layers.GlobalAveragePooling2D()(conv(image))
net = keras.Model(image, layers.Dense(10, activation="softmax")(x))

print(conv.compute_dtype, conv.kernel.dtype, net.output.dtype)
