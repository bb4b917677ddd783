import numpy as np


def merged(three, one):
    """Kernel of conv3(x) + conv1(x) + x. three: 3×3×C×C, one: 1×1×C×C."""
    kernel = np.array(three, dtype=float)
    kernel[1, 1] += one[0, 0] + np.eye(three.shape[-1])
    return kernel
