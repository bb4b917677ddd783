def case_square(m):
    return m.dirac(3, 2, 2).tolist()


def case_wider(m):
    return m.dirac(3, 2, 3)[1, 1].tolist()


def case_narrower(m):
    return m.dirac(3, 3, 2)[1, 1].tolist()


def case_larger_kernel(m):
    kernel = m.dirac(5, 1, 1)
    return kernel[:, :, 0, 0].tolist()
