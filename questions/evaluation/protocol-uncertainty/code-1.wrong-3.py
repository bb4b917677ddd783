import numpy as np


def calibration_error(confidence, right, bins=10):
    """Use the middle of a bin instead of the mean confidence inside it."""
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for k in range(bins):
        inside = index == k
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - (k + 0.5) / bins)
    return error
