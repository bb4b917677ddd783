import numpy as np


def shortcut(x, channels, stride=1):
    """Return the option A shortcut of x, which is batch × height × width × channels."""
    return x
