import numpy as np

B1, B2, EPS = 0.9, 0.999, 1e-8


def adamw(w, g, m, v, t, rate, decay):
    """Return the new w, m and v after step t (counted from 1) of AdamW."""
    return w, m, v
