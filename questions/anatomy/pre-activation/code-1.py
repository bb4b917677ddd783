import numpy as np


def block(x, w1, w2, norm):
    """A pre-activation block of dense layers. x: batch × width.

    norm: a function that normalises a batch.
    """
    return x
