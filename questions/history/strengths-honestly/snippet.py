"""Why ResNets are cheap for their depth: weights and multiply-adds, counted."""


def conv(k, i, o, side):
    """Weights and multiply-adds of a k x k convolution at a map of side."""
    return k * k * i * o, k * k * i * o * side * side


def dense(i, o):
    return i * o, i * o


def total(layers):
    weights, macs = zip(*layers)
    return sum(weights) / 1e6, sum(macs) / 1e9


def vgg16():
    layers, channels = [], 3
    for *outs, side in [(64, 64, 224), (128, 128, 112), (256, 256, 256, 56),
                        (512, 512, 512, 28), (512, 512, 512, 14)]:
        for out in outs:
            layers.append(conv(3, channels, out, side))
            channels = out
    return [*layers, dense(7 * 7 * 512, 4096), dense(4096, 4096), dense(4096, 1000)]


def resnet(counts, early=True, bottleneck=True, pooled=True):
    """The real net, or one without one of the three things that save."""
    channels, side = 64, 56 if early else 224
    layers = [conv(7, 3, 64, 112 if early else 224)]
    for stage, count in enumerate(counts):
        width = 64 * 2**stage
        for block in range(count):
            if stage and not block:
                side //= 2
            if bottleneck:
                layers += [conv(1, channels, width, side), conv(3, width, width, side),
                           conv(1, width, 4 * width, side)]
            else:
                layers += [conv(3, channels, 4 * width, side),
                           conv(3, 4 * width, 4 * width, side)]
            if not block:
                layers.append(conv(1, channels, 4 * width, side))
            channels = 4 * width
    return [*layers, dense(channels * (1 if pooled else side * side), 1000)]


fifty = 3, 4, 6, 3
for name, layers in (
    ("VGG-16", vgg16()),
    ("ResNet-50", resnet(fifty)),
    ("ResNet-152", resnet((3, 8, 36, 3))),
    ("50, no early downsampling", resnet(fifty, early=False)),
    ("50, 3x3 pairs at full width", resnet(fifty, bottleneck=False)),
    ("50, flattened, not pooled", resnet(fifty, pooled=False)),
):
    weights, macs = total(layers)
    print(f"{name:27} {weights:6.1f} M weights {macs:6.2f} GMAC")
share = total(vgg16()[-3:-2])[0] / total(vgg16())[0]
print(f"VGG-16's first dense layer: {100 * share:.0f} % of its weights")
part = total(resnet((3, 8, 36, 3)))[1] / total(vgg16())[1]
print(f"ResNet-152 needs {100 * part:.0f} % of VGG-16's multiply-adds")
