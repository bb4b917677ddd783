import numpy as np


def with_lora(base, rank, rng):
    """base: in × out, frozen. Returns down, up and merge(down, up) for x @ weight."""
    rows, columns = base.shape
    down = rng.normal(0, rows**-0.5, (rows, rank))
    up = np.zeros((rank, columns))
    return down, up, lambda down, up: base + down @ up
