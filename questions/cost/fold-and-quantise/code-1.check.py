import numpy as np

KERNEL = np.array([[0.5, -0.02, 0.0], [-2.54, 0.0127, 0.0], [1.11, 0.005, 0.0]])


def case_integers(m):
    q, _ = m.quantise(KERNEL)
    return q.tolist()


def case_own_step(m):
    _, step = m.quantise(KERNEL[:, :2])
    return np.round(step, 6).tolist()


def case_half_a_step(m):
    kernel = np.random.default_rng(0).normal(size=(64, 8)) * np.logspace(-3, 1, 8)
    q, step = m.quantise(kernel)
    gap = np.abs(q.astype(float) * step - kernel) / np.abs(kernel).max(0) * 127
    return bool((gap < 0.5001).all())


def case_dead_channel(m):
    q, step = m.quantise(KERNEL)
    return bool(np.isfinite(step).all()) and q[:, 2].tolist()
