import numpy as np

X = np.array([1.0, 2.0, -1.0, 3.0, 0.5, -2.0, 4.0])
W = np.array([2.0, -1.0, 0.5])


def case_stride_1(m):
    return m.backward(np.array([1.0, -1.0, 2.0, 0.0, 3.0]), X.copy(), W.copy(), 1)


def case_stride_2(m):
    return m.backward(np.array([1.0, -1.0, 2.0]), X.copy(), W.copy(), 2)


def case_gaps(m):
    return m.backward(np.array([1.0, 1.0]), X.copy(), W.copy(), 4)


def case_one_wide(m):
    return m.backward(np.array([1.0, 2.0, 3.0, 4.0]), X.copy(), np.array([3.0]), 2)


def case_inputs_kept(m):
    x, w = X.copy(), W.copy()
    m.backward(np.array([1.0, -1.0, 2.0]), x, w, 2)
    return [x, w]
