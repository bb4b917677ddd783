import numpy as np


def backward(g, jacobians, scales):
    """Scales the branch as well."""
    for jacobian, scale in zip(reversed(jacobians), reversed(scales)):
        g = scale * (g + g @ jacobian)
    return np.asarray(g)
