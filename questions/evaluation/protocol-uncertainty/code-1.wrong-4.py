import numpy as np


def calibration_error(confidence, right, bins=10):
    """Use half-open bins only: a confidence of exactly 1 is lost."""
    error = 0.0
    for k in range(bins):
        inside = (k / bins <= confidence) & (confidence < (k + 1) / bins)
        if inside.any():
            gap = right[inside].mean() - confidence[inside].mean()
            error += inside.mean() * abs(gap)
    return error
