"""Where ResNets are cheap: weights and multiply-adds against VGG-16."""


def conv(k, i, o, side):
    """Weights and multiply-adds of a k x k convolution at a map of side."""
    return k * k * i * o, k * k * i * o * side * side


def total(layers):
    weights, macs = zip(*layers)
    return sum(weights), sum(macs)


VGG = [(64, 64, 224), (128, 128, 112), (256, 256, 256, 56),
       (512, 512, 512, 28), (512, 512, 512, 14)]
vgg, channels = [], 3
for *outs, side in VGG:
    for out in outs:
        vgg.append(conv(3, channels, out, side))
        channels = out
dense = [(7 * 7 * 512, 4096), (4096, 4096), (4096, 1000)]
vgg += [(i * o, i * o) for i, o in dense]


def resnet(counts):
    layers, channels, side = [conv(7, 3, 64, 112)], 64, 56
    for stage, count in enumerate(counts):
        width = 64 * 2**stage
        for block in range(count):
            if stage and not block:
                side //= 2
            layers += [conv(1, channels, width, side), conv(3, width, width, side),
                       conv(1, width, 4 * width, side)]
            if not block:
                layers.append(conv(1, channels, 4 * width, side))
            channels = 4 * width
    return [*layers, (channels * 1000, channels * 1000)]


for name, layers in (("VGG-16", vgg), ("ResNet-50", resnet([3, 4, 6, 3])),
                     ("ResNet-152", resnet([3, 8, 36, 3]))):
    weights, macs = total(layers)
    print(f"{name:11} {weights / 1e6:6.1f} M weights {macs / 1e9:6.2f} GMAC"
          f"  last layers {layers[-1][0] / 1e6:.1f} M")
_, vgg_macs = total(vgg)
_, deep_macs = total(resnet([3, 8, 36, 3]))
print(f"ResNet-152 needs {100 * deep_macs / vgg_macs:.0f} % of VGG-16's multiply-adds")
share = 100 * dense[0][0] * dense[0][1] / total(vgg)[0]
print(f"VGG-16's first dense layer: {share:.0f} % of its weights")
