def same_padding(size, kernel, stride):
    """Pads both sides alike, as PyTorch's padding=kernel // 2 does."""
    return kernel // 2, kernel // 2
