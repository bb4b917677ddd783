def case_one_batch(m):
    return m.recompute([2.0], [3.0], [8])


def case_equal(m):
    return m.recompute([1.0, 3.0], [2.0, 4.0], [8, 8])


def case_apart(m):
    return m.recompute([0.0, 4.0], [0.0, 0.0], [8, 8])


def case_sizes(m):
    return m.recompute([0.0, 4.0], [1.0, 5.0], [6, 2])
