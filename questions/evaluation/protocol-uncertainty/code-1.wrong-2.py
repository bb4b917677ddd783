import numpy as np


def calibration_error(confidence, right, bins=10):
    """No bins: what is too sure and what is too modest cancel."""
    return abs(right.mean() - confidence.mean())
