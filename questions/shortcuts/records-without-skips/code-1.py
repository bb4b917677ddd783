import numpy as np


def dirac(size, channels_in, channels_out):
    """A kernel size × size × in × out that passes on what fits, zeros elsewhere."""
    return np.zeros((size, size, channels_in, channels_out))
