import math


def rate(step, peak, warm_up, steps):
    """Counts the cosine from step 0: a jump where the warm-up ends."""
    if step < warm_up:
        return peak * step / warm_up
    return peak * (1 + math.cos(math.pi * step / steps)) / 2
