from keras import Input, layers

x = Input((32, 32, 3))
for width, stride in ((16, 1), (16, 1), (32, 2), (64, 2)):
    x = layers.Conv2D(width, 3, stride, "same")(x)
    print(x.shape[1:])
print(layers.GlobalAveragePooling2D()(x).shape[1:])
