import numpy as np


def batch_norm(x, gamma, beta, mean, var, training, momentum=0.99, eps=1e-3):
    """Keras' way: the output, and the two moving averages after the call.

    x: batch × height × width × channels.
    """
    return x, mean, var
