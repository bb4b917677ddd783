import numpy as np


def bn_backward(g, x, gamma, eps=1e-5):
    """Of BatchNorm in training: the gradients dx, dgamma and dbeta.

    g: dL/dy; g and x: batch × height × width × channels.
    """
    axes = (0, 1, 2)
    sigma = np.sqrt(x.var(axis=axes) + eps)
    xhat = (x - x.mean(axis=axes)) / sigma
    dx = gamma / sigma * (g - g.mean(axis=axes) - xhat * (g * xhat).mean(axis=axes))
    return dx, (g * xhat).sum(axis=axes), g.sum(axis=axes)
