import numpy as np


def residual_block(x, w1, w2):
    """The ReLU before the addition: the branch can only add."""
    return np.maximum(np.maximum(x @ w1, 0) @ w2, 0) + x
