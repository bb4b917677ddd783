import keras
from keras import layers

net = keras.applications.ResNet50(
    weights=None, include_top=False, input_shape=(128, 128, 3)
)
c4 = net.get_layer("conv4_block6_out").output
c5 = net.get_layer("conv5_block3_out").output
p5 = layers.Conv2D(256, 1)(c5)
up = layers.UpSampling2D(2)(p5)
p4 = layers.Add()([c4, up])
print("P4", p4.shape)
