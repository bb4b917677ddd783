import numpy as np


def bn_backward(g, x, gamma, eps=1e-5):
    """Takes mean and variance as constants."""
    axes = (0, 1, 2)
    sigma = np.sqrt(x.var(axis=axes) + eps)
    xhat = (x - x.mean(axis=axes)) / sigma
    return gamma / sigma * g, (g * xhat).sum(axis=axes), g.sum(axis=axes)
