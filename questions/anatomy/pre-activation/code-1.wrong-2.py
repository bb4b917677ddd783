import numpy as np


def block(x, w1, w2, norm):
    """Keeps the ReLU after the addition."""
    branch = np.maximum(norm(x), 0) @ w1
    branch = np.maximum(norm(branch), 0) @ w2
    return np.maximum(x + branch, 0)
