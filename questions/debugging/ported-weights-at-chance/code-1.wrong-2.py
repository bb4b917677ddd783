def same_padding(size, kernel, stride):
    """Takes the output to be size // stride pixels long, and forgets the zero."""
    total = (size // stride - 1) * stride + kernel - size
    return total // 2, total - total // 2
