import numpy as np

X = np.array([[1.0, -2.0, 4.0]])


def branch(x):
    return 10 * x


def case_closed(m):
    return m.highway(X, branch, lambda x: np.full_like(x, -50.0)).tolist()


def case_open(m):
    return m.highway(X, branch, lambda x: np.full_like(x, 50.0)).tolist()


def case_half(m):
    return m.highway(X, branch, np.zeros_like).tolist()


def case_by_data(m):
    return m.highway(X, branch, lambda x: np.log(np.abs(x))).tolist()
