"""Receptive fields and costs by the recursion r += (k - 1) * j, j *= s."""


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


def cifar(depth):
    n = (depth - 2) // 6
    stages = [[(3, 2 if stage and not i else 1) for i in range(2 * n)]
              for stage in range(3)]
    return [(3, 1), *sum(stages, [])]


def imagenet(counts, block):
    layers = [(7, 2), (3, 2)]
    for stage, count in enumerate(counts):
        for i in range(count):
            layers += block(2 if stage and not i else 1)
    return layers


basic = lambda s: [(3, s), (3, 1)]
on_1x1 = lambda s: [(1, s), (3, 1), (1, 1)]
on_3x3 = lambda s: [(1, 1), (3, s), (1, 1)]
for name, layers in (
    ("CIFAR ResNet-20", cifar(20)),
    ("CIFAR ResNet-56", cifar(56)),
    ("ResNet-18", imagenet([2, 2, 2, 2], basic)),
    ("ResNet-34", imagenet([3, 4, 6, 3], basic)),
    ("ResNet-50, stride on the 1x1", imagenet([3, 4, 6, 3], on_1x1)),
    ("ResNet-50, stride on the 3x3", imagenet([3, 4, 6, 3], on_3x3)),
):
    r, j = field(layers)
    print(f"{name:29} field {r:4}  output stride {j}")
