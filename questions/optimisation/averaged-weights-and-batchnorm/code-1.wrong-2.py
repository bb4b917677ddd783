import numpy as np


def recalibrated(batches, kernel):
    """A moving average: the last batches count most."""
    mean, var = np.zeros(kernel.shape[1]), np.ones(kernel.shape[1])
    for batch in batches:
        z = batch @ kernel
        mean = 0.9 * mean + 0.1 * z.mean(axis=0)
        var = 0.9 * var + 0.1 * z.var(axis=0)
    return mean, var
