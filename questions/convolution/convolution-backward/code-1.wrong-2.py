import numpy as np


def backward(g, x, w, stride):
    """Forgets the stride."""
    dx, dw = np.zeros(len(x)), np.zeros(len(w))
    for j, slope in enumerate(g):
        seen = slice(j, j + len(w))
        dw += slope * x[seen]
        dx[seen] += slope * w
    return dx, dw
