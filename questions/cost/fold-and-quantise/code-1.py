import numpy as np


def quantise(kernel):
    """kernel: in × out. Returns int8 weights and one step for each output channel."""
    return kernel.astype(np.int8), np.ones(kernel.shape[1])
