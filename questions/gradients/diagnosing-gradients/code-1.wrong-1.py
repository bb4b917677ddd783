import numpy as np


def clip(gradients, limit):
    """Clip each tensor by its own norm, which turns the overall direction."""
    norms = [max(np.linalg.norm(g), 1e-12) for g in gradients]
    return [g * min(1.0, limit / norm) for g, norm in zip(gradients, norms)]
