import numpy as np


def epoch_order(seed, epoch, count):
    """The order of count rows in an epoch, the same after a restart."""
    return np.random.default_rng([seed, epoch]).permutation(count)
