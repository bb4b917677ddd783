import numpy as np


def backward(g, jacobians, scales):
    """Takes every shortcut for the identity."""
    for jacobian in reversed(jacobians):
        g = g + g @ jacobian
    return np.asarray(g)
