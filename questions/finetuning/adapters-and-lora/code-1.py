import numpy as np


def with_lora(base, rank, rng):
    """base: in × out, frozen. Returns down, up and merge(down, up) for x @ weight."""
    return None, None, None
