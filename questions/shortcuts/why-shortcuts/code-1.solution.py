import numpy as np


def shortcut(x, channels, stride=1):
    """Return the option A shortcut of x, which is batch × height × width × channels."""
    x = x[:, ::stride, ::stride]
    missing = channels - x.shape[-1]
    return np.pad(x, ((0, 0), (0, 0), (0, 0), (0, missing)))
