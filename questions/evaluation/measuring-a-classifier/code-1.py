import numpy as np


def macro_f1(confusion):
    """Return macro F1; confusion[i, j] counts images of class i predicted as j."""
    return 0.0
