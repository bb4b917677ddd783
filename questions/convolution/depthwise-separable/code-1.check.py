import numpy as np

RNG = np.random.default_rng(0)
X, DEPTH = RNG.normal(size=(5, 7, 3)), RNG.normal(size=(3, 3, 3))
POINT = RNG.normal(size=(3, 4))


def case_shape(m):
    return np.shape(m.separable(X, DEPTH, POINT))


def one_at(m, row, column):
    """A kernel that is 1 in one place alone, over the numbers 0 to 15."""
    depth = np.zeros((3, 3, 1))
    depth[row, column] = 1
    image = np.arange(16.0).reshape(4, 4, 1)
    return m.separable(image, depth, np.eye(1))[..., 0]


def case_middle(m):
    return one_at(m, 1, 1)


def case_corner(m):
    return one_at(m, 0, 2)


def case_apart(m):
    changed = X.copy()
    changed[..., 0] += 1
    moved = m.separable(changed, DEPTH, np.eye(3)) - m.separable(X, DEPTH, np.eye(3))
    return np.abs(moved).sum(axis=(0, 1)) > 1e-9


def case_mixed(m):
    return m.separable(X, DEPTH, POINT)[1, 3]


def case_pointwise_alone(m):
    return m.separable(X, np.ones((1, 1, 3)), POINT)[4, 6]
