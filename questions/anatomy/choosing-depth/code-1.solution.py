def parameters(depth, width=16, classes=10):
    """Trainable parameters: stem, three stages, head; depth is 6n + 2.

    Convolutions have no bias; each is followed by a BatchNorm.
    """
    n = (depth - 2) // 6
    total, channels = 9 * 3 * width + 2 * width, width
    for stage in range(3):
        wide = width * 2**stage
        for convolution in range(2 * n):
            total += 9 * channels * wide + 2 * wide
            channels = wide
    return total + channels * classes + classes
