import numpy as np


def backward(g, x, w, stride):
    """Turns the kernel over once too often."""
    dx, dw = np.zeros(len(x)), np.zeros(len(w))
    for j, slope in enumerate(g):
        seen = slice(j * stride, j * stride + len(w))
        dw += slope * x[seen]
        dx[seen] += slope * w[::-1]
    return dx, dw
