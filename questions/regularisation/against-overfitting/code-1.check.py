NAN = float("nan")


def case_stops(m):
    return m.early_stopping([1.0, 0.8, 0.7, 0.75, 0.9, 0.6], 2)


def case_starts_again(m):
    return m.early_stopping([1.0, 0.9, 0.95, 0.85, 0.9, 0.8, 0.82, 0.84, 0.7], 2)


def case_still_falling(m):
    return m.early_stopping([3.0, 2.0, 1.0], 1)


def case_wobbles(m):
    return m.early_stopping([0.5, 0.9, 0.8, 0.7, 0.6, 0.4], 3)


def case_level(m):
    return m.early_stopping([1.0, 1.0, 1.0, 0.9], 2)


def case_no_number(m):
    return m.early_stopping([1.0, NAN, NAN, 0.5], 2)
