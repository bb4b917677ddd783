import numpy as np


def squeeze_excite(x, w1, w2):
    """x: batch × height × width × channels; w1: channels × c/r; w2: c/r × channels."""
    squeezed = x.mean(axis=(1, 2))
    excited = np.maximum(squeezed @ w1, 0) @ w2
    gate = 1 / (1 + np.exp(-excited))
    return x * gate[:, None, None, :]
