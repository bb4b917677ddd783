import math


def rate(step, peak, warm_up, steps):
    """Return the rate: linear warm-up from 0 to the peak, then a cosine to 0."""
    if step < warm_up:
        return peak * step / warm_up
    share = (step - warm_up) / (steps - warm_up)
    return peak * (1 + math.cos(math.pi * share)) / 2
