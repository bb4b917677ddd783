import numpy as np


def shortcut(x, channels, stride=1):
    """Repeat the channels instead of adding zeros."""
    x = x[:, ::stride, ::stride]
    return np.concatenate([x] * (channels // x.shape[-1]), axis=-1)
