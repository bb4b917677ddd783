def case_even(m):
    return m.same_padding(32, 3, 2)


def case_odd(m):
    return m.same_padding(33, 3, 2)


def case_stem(m):
    return m.same_padding(224, 7, 2)


def case_stride_one(m):
    return m.same_padding(8, 3, 1)


def case_projection(m):
    return m.same_padding(56, 1, 2)
