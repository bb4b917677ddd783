import numpy as np


def error(m, confidence, right, **more):
    right = np.array(right, dtype=bool)
    return m.calibration_error(np.array(confidence), right, **more)


def case_calibrated(m):
    return error(m, [0.75] * 4, [1, 1, 0, 1])


def case_opposite(m):
    return error(m, [0.92, 0.92, 0.58, 0.58], [1, 0, 1, 1])


def case_sizes(m):
    return error(m, [0.95] * 6 + [0.35] * 2, [1, 1, 1, 0, 0, 0, 0, 0])


def case_mean_of_bin(m):
    return error(m, [0.81, 0.83, 0.82], [0, 1, 1])


def case_certain(m):
    return error(m, [1.0, 1.0, 0.97], [1, 0, 1])


def case_one_bin(m):
    return error(m, [0.92, 0.92, 0.58, 0.38], [1, 0, 1, 1], bins=1)
