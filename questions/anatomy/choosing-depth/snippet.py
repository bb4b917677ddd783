"""Depth, parameters and multiply-adds from the architecture table alone."""

NETS = {
    18: ("basic", [2, 2, 2, 2]),
    34: ("basic", [3, 4, 6, 3]),
    50: ("bottleneck", [3, 4, 6, 3]),
    101: ("bottleneck", [3, 4, 23, 3]),
    152: ("bottleneck", [3, 8, 36, 3]),
}


def convolutions(kind, blocks):
    """(kernel, channels in, channels out, side of the output, counts)"""
    yield 7, 3, 64, 112, True
    channels, side = 64, 56
    for stage, count in enumerate(blocks):
        width = 64 * 2**stage
        out = width if kind == "basic" else 4 * width
        for block in range(count):
            halve = stage > 0 and block == 0
            if halve:
                side //= 2
            if kind == "basic":
                yield 3, channels, width, side, True
                yield 3, width, width, side, True
            else:  # stride on the first 1x1, as in the paper
                yield 1, channels, width, side, True
                yield 3, width, width, side, True
                yield 1, width, out, side, True
            if channels != out or halve:  # a projection is not counted
                yield 1, channels, out, side, False
            channels = out


activations = {}
for depth, (kind, blocks) in NETS.items():
    rows = list(convolutions(kind, blocks))
    layers = sum(counts for *_, counts in rows) + 1
    last = rows[-1][2] if rows[-1][4] else rows[-2][2]
    weights = sum(k * k * i * o + 2 * o for k, i, o, _, _ in rows)
    weights += last * 1000 + 1000
    macs = sum(k * k * i * o * s * s for k, i, o, s, _ in rows) + last * 1000
    activations[depth] = sum(o * s * s for _, _, o, s, _ in rows)
    assert layers == depth
    print(f"ResNet-{depth:<4}{kind:11}{layers:4} layers"
          f"{weights / 1e6:7.2f} M{macs / 1e9:7.2f} GMAC"
          f"{activations[depth] / 1e6:6.1f} M activations")
    print(f"parameters_{depth}={weights}")
print(f"activations, 50 over 34: {activations[50] / activations[34]:.1f}")
