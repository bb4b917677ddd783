import numpy as np


def case_three_classes(m):
    return m.macro_f1(np.array([[80, 8, 2], [3, 2, 0], [1, 0, 4]]))


def case_never_predicted(m):
    return m.macro_f1(np.array([[90, 0, 0], [5, 0, 0], [5, 0, 0]]))


def case_perfect(m):
    return m.macro_f1(np.array([[3, 0], [0, 7]]))


def case_unseen(m):
    return m.macro_f1(np.array([[3, 1, 0], [1, 3, 0], [0, 0, 0]]))


def case_all_wrong(m):
    return m.macro_f1(np.array([[0, 5], [3, 0]]))
