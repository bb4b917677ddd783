import numpy as np


def macro_f1(confusion):
    """Accuracy: the micro average in disguise."""
    return np.trace(confusion) / confusion.sum()
