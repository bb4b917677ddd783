def case_warm_up(m):
    return [m.rate(step, 0.1, 500, 3000) for step in (0, 125, 250, 499)]


def case_peak(m):
    return m.rate(500, 0.1, 500, 3000)


def case_cosine(m):
    return [m.rate(step, 0.1, 500, 3000) for step in (1000, 1750, 2500)]


def case_end(m):
    return m.rate(3000, 0.1, 500, 3000)


def case_none(m):
    return [m.rate(step, 0.4, 0, 100) for step in (0, 50)]
