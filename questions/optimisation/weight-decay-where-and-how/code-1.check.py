import numpy as np

ZERO = np.zeros(2)


def case_first_step(m):
    w, _, _ = m.adamw(np.ones(2), np.array([0.1, -10.0]), ZERO, ZERO, 1, 0.01, 0.0)
    return w


def case_decay_alone(m):
    w, _, _ = m.adamw(np.array([1.0, -2.0]), ZERO, ZERO, ZERO, 1, 0.1, 0.5)
    return w


def case_averages(m):
    g = np.array([1.0, 2.0])
    _, first, second = m.adamw(np.ones(2), g, ZERO, ZERO, 1, 0.1, 0.5)
    return np.concatenate([first, second])


def case_tenth_step(m):
    state = np.array([0.3, 0.1]), np.array([0.2, 0.4])
    w, g = np.array([1.0, 3.0]), np.array([0.5, -1.0])
    w, _, _ = m.adamw(w, g, *state, 10, 0.1, 0.2)
    return w
