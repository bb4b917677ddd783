import numpy as np


def backward(g, jacobians, scales):
    """dL/dx_0 of the chain x_{i+1} = scales[i] * x_i + F_i(x_i).

    g: dL/dx_L; jacobians[i]: dF_i/dx_i (row: output), first block first.
    """
    for jacobian, scale in zip(reversed(jacobians), reversed(scales)):
        g = scale * g + g @ jacobian
    return np.asarray(g)
