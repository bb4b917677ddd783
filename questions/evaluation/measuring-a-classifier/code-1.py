import numpy as np


def macro_f1(confusion):
    """confusion[i, j]: images of class i that were called j."""
    return 0.0
