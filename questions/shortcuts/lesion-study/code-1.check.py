import numpy as np

BRANCHES = [lambda v: 0.5 * v, lambda v: v * v, lambda v: -1.0 + 0 * v]


def case_whole(m):
    return m.run(2.0, BRANCHES, [0, 1, 2])


def case_deleted(m):
    return m.run(2.0, BRANCHES, [0, 2])


def case_swapped(m):
    return m.run(2.0, BRANCHES, [1, 0, 2])


def case_nothing(m):
    return m.run(2.0, BRANCHES, [])


def case_arrays(m):
    return m.run(np.array([1.0, -1.0]), BRANCHES, [2, 1])
