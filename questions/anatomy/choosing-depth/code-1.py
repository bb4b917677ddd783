def parameters(depth, width=16, classes=10):
    """Trainable parameters: stem, three stages, head; depth is 6n + 2.

    Convolutions have no bias; each is followed by a BatchNorm.
    """
    n = (depth - 2) // 6
    return n
