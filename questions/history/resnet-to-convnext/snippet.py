def convnext_tiny(widths=(96, 192, 384, 768), depths=(3, 3, 9, 3)):
    """Trainable parameters, 1000 classes; every layer has a bias."""
    count = 3 * 16 * widths[0] + widths[0] + 2 * widths[0]  # patchify, LayerNorm
    for stage, (c, blocks) in enumerate(zip(widths, depths)):
        if stage:
            before = widths[stage - 1]
            count += 2 * before + 4 * before * c + c  # LayerNorm, 2x2 stride 2
        depthwise = 49 * c + c
        pointwise = 4 * c * c + 4 * c + 4 * c * c + c
        count += blocks * (depthwise + 2 * c + pointwise + c)  # and LayerScale
    return count + 2 * widths[-1] + widths[-1] * 1000 + 1000


steps = [
    ("ResNet-50, 90 epochs", 76.1),
    ("recipe of 300 epochs", 78.8),
    ("blocks 3, 3, 9, 3", 79.4),
    ("patchify stem", 79.5),
    ("depthwise, 96 wide", 80.5),
    ("inverted bottleneck", 80.6),
    ("depthwise moved up", 79.9),
    ("kernel 7x7", 80.6),
    ("GELU", 80.6),
    ("one activation a block", 81.3),
    ("one norm a block", 81.4),
    ("LayerNorm", 81.5),
    ("separate downsampling", 82.0),
]
for (_, before), (name, after) in zip(steps, steps[1:]):
    print(f"{name:24} {after:.1f}  {after - before:+.1f}")
recipe, total = steps[1][1] - steps[0][1], steps[-1][1] - steps[0][1]
print(f"recipe {recipe:.1f} of {total:.1f} points")
print(f"ahead of ResNet-50 with the shared recipe: {82.0 - 78.8:.1f} points")
print(f"ahead of ResNet-50 with a recipe of its own: {82.0 - 80.4:.1f} points")
print(f"ConvNeXt-T: {convnext_tiny():,} parameters")
