import numpy as np


def clip(gradients, limit):
    """Return all gradients, scaled so that their global norm is at most limit."""
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    factor = min(1.0, limit / norm) if norm > 0 else 1.0
    return [factor * g for g in gradients]
