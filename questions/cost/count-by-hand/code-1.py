def multiply_adds(n):
    """Of the CIFAR ResNet with 6n + 2 layers, option A, one 32×32×3 image.

    Stem 16 channels; stages of 16, 32 and 64 at sides 32, 16 and 8; ten classes.
    """
    return 0
