def multiply_adds(n):
    """Of the CIFAR ResNet with 6n + 2 layers, option A, one 32×32×3 image.

    Stem 16 channels; stages of 16, 32 and 64 at sides 32, 16 and 8; ten classes.
    """
    total, before = 9 * 3 * 16 * 32**2, 16
    for stage in range(3):
        width, side = 16 * 2**stage, 32 // 2**stage
        total += 9 * before * width * side**2
        total += (2 * n - 1) * 9 * width * width * side**2
        before = width
    return total + 64 * 10
