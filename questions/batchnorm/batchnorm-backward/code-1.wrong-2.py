import numpy as np


def bn_backward(g, x, gamma, eps=1e-5):
    """Forgets the way through the variance."""
    axes = (0, 1, 2)
    sigma = np.sqrt(x.var(axis=axes) + eps)
    xhat = (x - x.mean(axis=axes)) / sigma
    dx = gamma / sigma * (g - g.mean(axis=axes))
    return dx, (g * xhat).sum(axis=axes), g.sum(axis=axes)
