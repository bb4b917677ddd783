import numpy as np


def dirac(channels):
    """A 3x3 kernel that passes its input on."""
    kernel = np.zeros((3, 3, channels, channels))
    kernel[0, 0] = np.eye(channels)
    return kernel


def conv(x, kernel):
    padded = np.pad(x, ((1, 1), (1, 1), (0, 0)))
    height, width, _ = x.shape
    shifts = np.ndindex(3, 3)
    return sum(padded[i : i + height, j : j + width] @ kernel[i, j] for i, j in shifts)


x = np.arange(32.0).reshape(4, 4, 2)
print("the layer returns its input:", bool((conv(x, dirac(2)) == x).all()))
