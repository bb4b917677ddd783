import numpy as np


def calibration_error(confidence, right, bins=10):
    """ECE over bins of equal width from 0 to 1, both inputs one value an image.

    confidence: the probability of the class that is named; right: whether it is.
    """
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for k in range(bins):
        inside = index == k
        if inside.any():
            gap = right[inside].mean() - confidence[inside].mean()
            error += inside.mean() * abs(gap)
    return error
