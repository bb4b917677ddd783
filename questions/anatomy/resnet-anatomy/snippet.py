import numpy as np, keras
from keras import layers


def conv_bn(x, width, kernel, stride=1, name=None):
    conv = layers.Conv2D(width, kernel, stride, "same", use_bias=False, name=name)
    x = conv(x)
    return layers.BatchNormalization()(x)


def block(x, width, stride, bottleneck):
    """Two 3×3 convolutions, or 1×1, 3×3, 1×1 with four times the width."""
    relu = layers.ReLU()
    if bottleneck:
        y = relu(conv_bn(x, width, 1, stride))
        y = conv_bn(relu(conv_bn(y, width, 3)), 4 * width, 1)
    else:
        y = conv_bn(relu(conv_bn(x, width, 3, stride)), width, 3)
    if x.shape != y.shape:  # projection, option B
        x = conv_bn(x, y.shape[-1], 1, stride, name=f"projection_{width}")
    return relu(layers.Add()([y, x]))


def resnet(counts, bottleneck, side=224):
    """The model, and the shape after the stem and after each stage."""
    images = keras.Input((side, side, 3))
    x = layers.ReLU()(conv_bn(images, 64, 7, 2))
    x = layers.MaxPooling2D(3, 2, "same")(x)
    shapes = [x.shape[1:]]
    for stage, count in enumerate(counts):
        for i in range(count):
            stride = 2 if stage > 0 and i == 0 else 1
            x = block(x, 64 * 2**stage, stride, bottleneck)
        shapes.append(x.shape[1:])
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(images, layers.Dense(1000)(x)), shapes


def size(variables):
    return sum(int(np.prod(v.shape)) for v in variables)


for name, counts, bottleneck in (
    ("resnet18", (2, 2, 2, 2), False),
    ("resnet34", (3, 4, 6, 3), False),
    ("resnet50", (3, 4, 6, 3), True),
):
    model, shapes = resnet(counts, bottleneck)
    # What has weights, counted in the net that was built: no formula.
    weighted = [x for x in model.layers if isinstance(x, (layers.Conv2D, layers.Dense))]
    projections = [x for x in weighted if x.name.startswith("projection")]
    print(name, *("x".join(map(str, shape)) for shape in shapes))
    print(f"{name}_layers={len(weighted) - len(projections)}")
    print(f"{name}_projections={len(projections)}")
    print(f"{name}_parameters={size(model.trainable_variables)}")

head = size(model.layers[-1].trainable_variables)
share = head / size(model.trainable_variables)
print(f"resnet50_head_percent={100 * share:.1f}")
print(f"last_map_at_320={resnet((3, 4, 6, 3), True, 320)[1][-1][0]}")
