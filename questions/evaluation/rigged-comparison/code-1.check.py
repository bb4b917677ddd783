NAN = float("nan")


def case_own_rate(m):
    runs = [
        ("plain", 0.001, 0.31, 0.33),
        ("plain", 0.01, 0.42, 0.41),
        ("residual", 0.001, 0.07, 0.08),
        ("residual", 0.01, 0.04, 0.05),
    ]
    return sorted(m.fair_table(runs).items())


def case_not_by_test(m):
    runs = [("plain", 0.001, 0.30, 0.36), ("plain", 0.003, 0.31, 0.32)]
    return m.fair_table(runs)["plain"]


def case_nan(m):
    runs = [("plain", 0.1, NAN, NAN), ("plain", 0.01, 0.5, 0.6)]
    return m.fair_table(runs)["plain"]


def case_order(m):
    runs = [("plain", 0.003, 0.2, 0.25), ("plain", 0.001, 0.4, 0.45)]
    return m.fair_table(runs)["plain"]
