import numpy as np

FIRST, SECOND = np.array([[3.0, 0.0], [0.0, 4.0]]), np.array([12.0])
# norms 5 and 12, together 13


def case_long(m):
    return np.concatenate([g.ravel() for g in m.clip([FIRST, SECOND], 1.0)])


def case_short(m):
    return np.concatenate([g.ravel() for g in m.clip([FIRST, SECOND], 20.0)])


def case_direction(m):
    first, second = m.clip([FIRST, SECOND], 6.5)
    return np.linalg.norm(first) / np.linalg.norm(second)


def case_zeros(m):
    clipped = m.clip([np.zeros((2, 2)), np.zeros(1)], 1.0)
    return np.concatenate([g.ravel() for g in clipped])


def case_input_kept(m):
    given = [FIRST.copy(), SECOND.copy()]
    m.clip(given, 1.0)
    return np.concatenate([g.ravel() for g in given])
