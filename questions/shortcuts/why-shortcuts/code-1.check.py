import numpy as np


def counted(height, channels):
    values = np.arange(1.0, 1 + height * height * channels)
    return values.reshape(1, height, height, channels)


def case_identity(m):
    return m.shortcut(counted(2, 2), 2)


def case_shape(m):
    return list(np.shape(m.shortcut(np.ones((2, 8, 8, 16)), 32, 2)))


def case_kept(m):
    return np.sum(m.shortcut(counted(4, 2), 4, 2), axis=-1)


def case_zeros(m):
    added = np.abs(m.shortcut(counted(4, 2), 6, 2)).sum(axis=(0, 1, 2))
    return int(np.sum(added == 0))


def case_odd(m):
    return m.shortcut(counted(5, 1), 1, 2)[0, :, :, 0]


def case_wider_only(m):
    return list(np.shape(m.shortcut(counted(2, 2), 3)))
