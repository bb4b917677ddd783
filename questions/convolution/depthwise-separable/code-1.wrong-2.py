import numpy as np


def separable(x, depth, point):
    """Believes that the 1×1 scales each channel by itself."""
    k = len(depth)
    rows, columns = x.shape[0] - k + 1, x.shape[1] - k + 1
    y = np.zeros((rows, columns, x.shape[2]))
    for i in range(k):
        for j in range(k):
            y += depth[i, j] * x[i : i + rows, j : j + columns]
    return y * np.diag(point)
