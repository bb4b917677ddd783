def same_padding(size, kernel, stride):
    """Return what padding="same" adds (before, after) one axis of `size` pixels."""
    length = -(-size // stride)
    total = max(0, (length - 1) * stride + kernel - size)
    return total // 2, total - total // 2
