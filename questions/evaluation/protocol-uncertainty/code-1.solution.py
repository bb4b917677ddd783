import numpy as np


def calibration_error(confidence, right, bins=10):
    """Return the ECE over bins of equal width from 0 to 1.

    Both inputs have one value per image: the confidence in the predicted class,
    and whether that class is right.
    """
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for k in range(bins):
        inside = index == k
        if inside.any():
            gap = right[inside].mean() - confidence[inside].mean()
            error += inside.mean() * abs(gap)
    return error
