import numpy as np


def backward(g, x, w, stride):
    """dx and dw of y[j] = sum_k w[k] * x[j * stride + k], without padding.

    g: dL/dy.
    """
    dx, dw = np.zeros(len(x)), np.zeros(len(w))
    for j, slope in enumerate(g):
        seen = slice(j * stride, j * stride + len(w))
        dw += slope * x[seen]
        dx[seen] += slope * w
    return dx, dw
