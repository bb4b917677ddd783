import math


def rate(step, peak, warm_up, steps):
    """Return the rate: linear warm-up from 0 to the peak, then a cosine to 0."""
    return peak
