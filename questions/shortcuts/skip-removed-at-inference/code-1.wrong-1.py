import numpy as np


def merged(three, one):
    """Adds the small kernels at every position instead of the centre."""
    return three + one + np.eye(three.shape[-1])
