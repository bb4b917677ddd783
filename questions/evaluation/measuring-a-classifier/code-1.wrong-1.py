import numpy as np


def macro_f1(confusion):
    """Return the accuracy, which is the micro average."""
    return np.trace(confusion) / confusion.sum()
