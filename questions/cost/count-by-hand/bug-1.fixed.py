def multiply_adds(k, before, after, side, stride):
    """Of a convolution with "same" padding on a map of this side."""
    per_position = k * k * before * after
    return per_position * (side // stride) ** 2


# a projection of ResNet-34: 64 to 128 channels, 56×56 in, 28×28 out
print(multiply_adds(1, 64, 128, side=56, stride=2))
