import numpy as np

RNG = np.random.default_rng(0)
JACOBIANS = list(RNG.normal(0, 0.5, (3, 2, 2)))
G = np.array([1.0, -2.0])


def case_identity(m):
    return m.backward(G.copy(), JACOBIANS, [1.0, 1.0, 1.0])


def case_scaled(m):
    return m.backward(G.copy(), JACOBIANS, [0.5, 1.0, 2.0])


def case_silent_branches(m):
    return m.backward(G.copy(), [np.zeros((2, 2))] * 3, [0.5, 0.5, 0.5])


def case_cancelled(m):
    return m.backward(G.copy(), [-np.eye(2)], [1.0])


def case_no_blocks(m):
    return m.backward(G.copy(), [], [])
