import keras
from keras import layers

images = keras.Input((32, 32, 3))
x = layers.Conv2D(64, 3, 1, "same", use_bias=False)(images)
x = layers.ReLU()(layers.BatchNormalization()(x))
for width, stride in ((64, 1), (128, 2), (256, 2), (512, 2)):
    short = layers.Conv2D(width, 1, stride, use_bias=False)(x)
    short = layers.BatchNormalization()(short)
    y = layers.Conv2D(width, 3, stride, "same", use_bias=False)(x)
    y = layers.ReLU()(layers.BatchNormalization()(y))
    y = layers.Conv2D(width, 3, padding="same", use_bias=False)(y)
    y = layers.Add()([layers.BatchNormalization()(y), short])
    x = layers.ReLU()(y)
print("map before the average:", x.shape[1], "x", x.shape[2])
scores = layers.Dense(10)(layers.GlobalAveragePooling2D()(x))
