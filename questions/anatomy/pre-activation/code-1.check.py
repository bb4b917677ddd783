import numpy as np

RNG = np.random.default_rng(0)
X = RNG.normal(size=(4, 3))
W1, W2 = RNG.normal(size=(3, 5)), RNG.normal(size=(5, 3))


def norm(v):
    return (v - v.mean(0)) / np.sqrt(v.var(0) + 1e-3)


def case_values(m):
    return m.block(X.copy(), W1, W2, norm)


def case_silent_branch(m):
    return m.block(X.copy(), W1, 0 * W2, norm)


def case_without_norm(m):
    return m.block(X.copy(), W1, W2, lambda v: v)


def case_input_kept(m):
    x = X.copy()
    m.block(x, W1, W2, norm)
    return x
