import numpy as np


def separable(x, depth, point):
    """Flips the kernel, as convolution is defined in signal processing."""
    k = len(depth)
    rows, columns = x.shape[0] - k + 1, x.shape[1] - k + 1
    y = np.zeros((rows, columns, x.shape[2]))
    for i in range(k):
        for j in range(k):
            y += depth[k - 1 - i, k - 1 - j] * x[i : i + rows, j : j + columns]
    return y @ point
