import numpy as np


def merged(three, one):
    """Writes into the training kernel, which is still needed."""
    three[1, 1] += one[0, 0] + np.eye(three.shape[-1])
    return three
