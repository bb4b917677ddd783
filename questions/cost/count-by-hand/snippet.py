def conv(k, before, after, side):
    """Weights, BatchNorm's γ and β, and multiply-adds; side: of the output map."""
    weights = k * k * before * after
    return weights, 2 * after, weights * side * side


def dense(before, after):
    return before * after + after, 0, before * after


def total(layers):
    weights, norms, macs = (sum(column) for column in zip(*layers))
    return weights + norms, macs


def cifar(n):
    """6n + 2 layers, width 16, option A; the stages apart."""
    stages, before = [[conv(3, 3, 16, 32)]], 16
    for stage in range(3):
        width, side = 16 * 2**stage, 32 // 2**stage
        first = conv(3, before, width, side)
        stages.append([first] + [conv(3, width, width, side)] * (2 * n - 1))
        before = width
    return stages + [[dense(64, 10)]]


def resnet50():
    """Stride on the first 1x1 of a stage, option B, convolutions without biases."""
    stages, before = [[conv(7, 3, 64, 112)]], 64
    for stage, blocks in enumerate((3, 4, 6, 3)):
        width, side, layers = 64 * 2**stage, 56 // 2**stage, []
        for block in range(blocks):
            layers += [conv(1, before, width, side), conv(3, width, width, side)]
            layers += [conv(1, width, 4 * width, side)]
            if block == 0:
                layers += [conv(1, before, 4 * width, side)]
            before = 4 * width
        stages.append(layers)
    return stages + [[dense(2048, 1000)]]


def flat(stages):
    return [layer for stage in stages for layer in stage]


for n in (3, 9, 18):
    parameters, macs = total(flat(cifar(n)))
    same = (parameters, macs) == (97_216 * n - 21_926, 14_155_776 * n - 1_916_288)
    print(f"ResNet-{6 * n + 2}: {parameters} parameters, {macs} MACs, formula {same}")

print(f"one_3x3_at_16_channels={conv(3, 16, 16, 32)[2]}")
print(f"first_of_stage_2={conv(3, 16, 32, 16)[2]}")
last, all_of_20 = total(cifar(3)[3]), total(flat(cifar(3)))
shares = [round(100 * a / b) for a, b in zip(last, all_of_20)]
print(f"last stage of ResNet-20: {shares[0]} % of parameters, {shares[1]} % of MACs")

net = resnet50()
parameters, macs = total(flat(net))
print("ResNet-50 by part:", *(total(part)[0] for part in net))
print(f"ResNet-50: {parameters} parameters, {macs / 1e9:.2f} GMAC")
channels = sum(norm for _, norm, _ in flat(net)) // 2
print(f"Keras adds {channels} biases and {2 * channels} moving statistics:",
      parameters + 3 * channels)
