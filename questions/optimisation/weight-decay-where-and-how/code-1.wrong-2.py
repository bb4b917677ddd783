import numpy as np

B1, B2, EPS = 0.9, 0.999, 1e-8


def adamw(w, g, m, v, t, rate, decay):
    """Forgets that both averages start at zero."""
    m = B1 * m + (1 - B1) * g
    v = B2 * v + (1 - B2) * g**2
    return w - rate * (m / (np.sqrt(v) + EPS) + decay * w), m, v
