import numpy as np


def calibration_error(confidence, right, bins=10):
    """Take the plain mean over bins: two images count as much as six."""
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = []
    for k in range(bins):
        inside = index == k
        if inside.any():
            gaps.append(abs(right[inside].mean() - confidence[inside].mean()))
    return np.mean(gaps)
