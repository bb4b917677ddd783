"""Receptive fields by r += (k - 1) * j, j *= s, and which of their pixels count."""
import numpy as np


def field(layers):
    """Side of the receptive field and the output stride, in pixels."""
    r = j = 1
    for kernel, stride in layers:
        r += (kernel - 1) * j
        j *= stride
    return r, j


C = 64
for name, stack in (("two 3x3", [3] * 2), ("one 5x5", [5]),
                    ("three 3x3", [3] * 3), ("one 7x7", [7])):
    r, _ = field([(k, 1) for k in stack])
    print(f"{name:10} field {r}  weights {sum(k * k for k in stack) * C * C:,}")


def back(g, layers):
    """The output's dependence g, carried back through layers of equal weights."""
    for kernel, stride in reversed(layers):
        wide = np.zeros((len(g) - 1) * stride + 1)
        wide[::stride] = g
        g = np.convolve(wide, np.ones(kernel))
    return g


def inner(blocks, skips):
    """How many pixels in the middle hold 95 % of the dependence, along a line."""
    g = np.ones(1)
    for block in reversed(blocks):
        branch = back(g, block)
        branch /= branch.sum()
        if skips and len(block) > 1:  # half through the branch, half past it
            past = back(g, [(1, np.prod([s for _, s in block]))])
            rim = (len(branch) - len(past)) // 2
            branch /= 2
            branch[rim:len(branch) - rim] += past / 2
        g = branch
    middle = len(g) // 2
    for rim in range(middle + 1):
        if g[middle - rim:middle + rim + 1].sum() > 0.95:
            return 2 * rim + 1


for name, stack in (("three 3x3", [3] * 3), ("one 7x7", [7])):
    paths = back(np.ones(1), [(k, 1) for k in stack])
    print(f"paths from each pixel, {name}: {paths.astype(int)}")


def stages(counts, block):
    return [block(2 if stage and not i else 1)
            for stage, count in enumerate(counts) for i in range(count)]


basic = lambda s: [(3, s), (3, 1)]
on_1x1 = lambda s: [(1, s), (3, 1), (1, 1)]
on_3x3 = lambda s: [(1, 1), (3, s), (1, 1)]
small, large = [[(3, 1)]], [[(7, 2)], [(3, 2)]]
for name, blocks in (
    ("CIFAR ResNet-20", small + stages([3] * 3, basic)),
    ("CIFAR ResNet-56", small + stages([9] * 3, basic)),
    ("ResNet-18", large + stages([2, 2, 2, 2], basic)),
    ("ResNet-34", large + stages([3, 4, 6, 3], basic)),
    ("ResNet-50, stride on 1x1", large + stages([3, 4, 6, 3], on_1x1)),
    ("ResNet-50, stride on 3x3", large + stages([3, 4, 6, 3], on_3x3)),
):
    r, j = field(sum(blocks, []))
    print(f"{name:25} field {r:3}, stride {j:2}, 95 % in the inner "
          f"{inner(blocks, False)}, with skips {inner(blocks, True)}")
