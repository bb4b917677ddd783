import numpy as np


def calibration_error(confidence, right, bins=10):
    """ECE over bins of equal width from 0 to 1, both inputs one value an image.

    confidence: the probability of the class that is named; right: whether it is.
    """
    return 0.0
