import numpy as np


def dirac(size, channels_in, channels_out):
    """The identity at every position: a box filter, not a passage."""
    kernel = np.zeros((size, size, channels_in, channels_out))
    kernel[:, :] = np.eye(channels_in, channels_out)
    return kernel
