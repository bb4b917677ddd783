import numpy as np


def block(x, w1, w2, norm):
    """Return the output of a pre-activation block. x: batch × width.

    norm: a function that normalises a batch.
    """
    return x
