import numpy as np


def clip(gradients, limit):
    """Scale every gradient to the limit, so short ones grow."""
    norm = max(np.sqrt(sum(np.sum(g**2) for g in gradients)), 1e-12)
    return [limit / norm * g for g in gradients]
