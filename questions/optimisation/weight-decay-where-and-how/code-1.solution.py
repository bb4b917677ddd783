import numpy as np

B1, B2, EPS = 0.9, 0.999, 1e-8


def adamw(w, g, m, v, t, rate, decay):
    """Return the new w, m and v after step t (counted from 1) of AdamW."""
    m = B1 * m + (1 - B1) * g
    v = B2 * v + (1 - B2) * g**2
    m_hat, v_hat = m / (1 - B1**t), v / (1 - B2**t)
    step = m_hat / (np.sqrt(v_hat) + EPS)
    return w - rate * (step + decay * w), m, v
