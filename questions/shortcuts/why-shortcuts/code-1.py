import numpy as np


def shortcut(x, channels, stride=1):
    """Option A, without parameters. x: batch × height × width × channels."""
    return x
