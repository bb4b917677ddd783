import numpy as np


def merged(three, one):
    """Takes the identity for a kernel of ones: it mixes the channels."""
    kernel = np.array(three, dtype=float)
    kernel[1, 1] += one[0, 0] + 1
    return kernel
