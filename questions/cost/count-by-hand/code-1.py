def multiply_adds(n):
    """Return those of the CIFAR ResNet with 6n + 2 layers, option A, 32×32×3.

    Stem 16 channels; stages of 16, 32 and 64 at sides 32, 16 and 8; ten classes.
    """
    return 0
