import numpy as np

rng = np.random.default_rng(0)


def option_a(x, channels, stride):
    """Sample by the stride, then add channels of zeros: nothing to learn."""
    x = x[:, ::stride, ::stride]
    return np.pad(x, ((0, 0), (0, 0), (0, 0), (0, channels - x.shape[-1])))


def option_b(x, w, stride):
    """A 1x1 convolution with stride: sample, then multiply by a matrix."""
    return x[:, ::stride, ::stride] @ w


x = rng.normal(size=(2, 8, 8, 4))
a = option_a(x, 8, 2)
identity = np.hstack([np.eye(4), np.zeros((4, 4))])
print("A is B with the weights [I, 0]:", np.array_equal(a, option_b(x, identity, 2)))
print("new channels of A that carry anything:", int(np.sum(np.any(a[..., 4:] != 0))))
seen = np.zeros((8, 8), bool)
seen[::2, ::2] = True
print(f"positions that A and B read: {100 * seen.mean():.0f} %")


def projections(blocks, widths, expand, everywhere):
    """(channels in, channels out, side of the output map) of each projection."""
    found, before = [], 64
    for stage, (count, width) in enumerate(zip(blocks, widths)):
        side, out = 56 // 2**stage, width * expand
        for block in range(count):
            if everywhere or before != out:
                found.append((before, out, side))
            before = out
    return found


def cost(found):
    weights = sum(i * o for i, o, _ in found)
    return len(found), weights, sum(i * o * side * side for i, o, side in found)


for name, blocks, expand in (("34", (3, 4, 6, 3), 1), ("50", (3, 4, 6, 3), 4)):
    b = cost(projections(blocks, (64, 128, 256, 512), expand, False))
    c = cost(projections(blocks, (64, 128, 256, 512), expand, True))
    print(f"resnet_{name}_projections_b={b[0]}")
    print(f"resnet_{name}_projections_c={c[0]}")
    print(f"resnet_{name}_weights_b={b[1]}")
    print(f"resnet_{name}_weights_c_minus_b={c[1] - b[1]}")
    print(f"resnet_{name}_mmac_c_minus_b={(c[2] - b[2]) / 1e6:.0f}")

bottleneck = 256 * 64 + 9 * 64 * 64 + 64 * 256
print(f"bottleneck at 256 channels: {bottleneck}, a projection on it: {256 * 256}")
