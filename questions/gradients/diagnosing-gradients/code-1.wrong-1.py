import numpy as np


def clip(gradients, limit):
    """Each tensor by its own norm: the overall direction turns."""
    norms = [max(np.linalg.norm(g), 1e-12) for g in gradients]
    return [g * min(1.0, limit / norm) for g, norm in zip(gradients, norms)]
