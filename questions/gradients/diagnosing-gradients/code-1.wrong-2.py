import numpy as np


def clip(gradients, limit):
    """Clip each number by itself."""
    return [np.clip(g, -limit, limit) for g in gradients]
