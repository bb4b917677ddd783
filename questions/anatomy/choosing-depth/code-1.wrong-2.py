def parameters(depth, width=16, classes=10):
    """Believes that a skip connection has weights of its own."""
    n = (depth - 2) // 6
    total, channels = 9 * 3 * width + 2 * width, width
    for stage in range(3):
        wide = width * 2**stage
        if wide != channels:
            total += channels * wide + 2 * wide
        for convolution in range(2 * n):
            total += 9 * channels * wide + 2 * wide
            channels = wide
    return total + channels * classes + classes
