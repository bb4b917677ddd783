import numpy as np, keras
from keras import layers

keras.utils.set_random_seed(0)
side = 128
net = keras.applications.ResNet50(
    weights=None, include_top=False, input_shape=(side, side, 3)
)
taps = {
    "C2": "conv2_block3_out",
    "C3": "conv3_block4_out",
    "C4": "conv4_block6_out",
    "C5": "conv5_block3_out",
}
maps = {k: net.get_layer(name).output for k, name in taps.items()}
for name, x in maps.items():
    _, height, _, channels = x.shape
    print(f"{name}: {height}x{height}x{channels}, stride {side // height}")

# A feature pyramid: 1x1 to 256 channels, double the coarser map, add,
# then a 3x3 convolution.
lateral = {k: layers.Conv2D(256, 1)(x) for k, x in maps.items()}
merged = {"P5": lateral["C5"]}
for level in (4, 3, 2):
    up = layers.UpSampling2D(2)(merged[f"P{level + 1}"])
    merged[f"P{level}"] = layers.Add()([lateral[f"C{level}"], up])
outs = {k: layers.Conv2D(256, 3, padding="same")(x)
        for k, x in merged.items()}
fpn = keras.Model(net.input, outs)
for name, x in sorted(fpn(np.zeros((1, side, side, 3))).items()):
    print(f"{name}: {x.shape[1]}x{x.shape[2]}x{x.shape[3]}")
print(f"pyramid_weights={fpn.count_params() - net.count_params()}")


# How far one output position sees: the input pixels that move it.
def reach(stages):
    x = inputs = keras.Input((65, 1))
    for stride, dilation in stages:
        x = layers.Conv1D(1, 3, strides=stride, dilation_rate=dilation,
                          padding="same", kernel_initializer="ones")(x)
    model = keras.Model(inputs, x)
    base = np.asarray(model(np.zeros((1, 65, 1))))
    middle = base.shape[1] // 2
    moved = 0
    for i in range(65):
        probe = np.zeros((1, 65, 1))
        probe[0, i] = 1
        moved += np.asarray(model(probe))[0, middle, 0] != 0
    return base.shape[1], moved, model.count_params()


plain = [(1, 1), (2, 1), (1, 1), (1, 1)]
no_stride = [(1, 1), (1, 1), (1, 1), (1, 1)]
dilated = [(1, 1), (1, 1), (1, 2), (1, 2)]
for name, stages in [("stride 2", plain), ("stride removed", no_stride),
                     ("stride removed, dilation 2", dilated)]:
    size, seen, weights = reach(stages)
    print(f"{name}: {size} positions, each sees {seen}, {weights} weights")
