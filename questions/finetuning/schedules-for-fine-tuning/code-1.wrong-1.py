import math


def rate(step, peak, warm_up, steps):
    """Let the warm-up fall."""
    if step < warm_up:
        return peak * (1 - step / warm_up)
    share = (step - warm_up) / (steps - warm_up)
    return peak * (1 + math.cos(math.pi * share)) / 2
