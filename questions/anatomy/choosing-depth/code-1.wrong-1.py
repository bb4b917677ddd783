def parameters(depth, width=16, classes=10):
    """Counts BatchNorm's moving averages, which no gradient trains."""
    n = (depth - 2) // 6
    total, channels = 9 * 3 * width + 4 * width, width
    for stage in range(3):
        wide = width * 2**stage
        for convolution in range(2 * n):
            total += 9 * channels * wide + 4 * wide
            channels = wide
    return total + channels * classes + classes
