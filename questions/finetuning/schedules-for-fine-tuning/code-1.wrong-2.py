import math


def rate(step, peak, warm_up, steps):
    """Count the cosine from step 0, which jumps where the warm-up ends."""
    if step < warm_up:
        return peak * step / warm_up
    return peak * (1 + math.cos(math.pi * step / steps)) / 2
