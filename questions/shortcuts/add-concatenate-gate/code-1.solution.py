import numpy as np


def highway(x, branch, gate):
    """branch, gate: functions of x; gate returns logits. The gate opens the branch."""
    opened = 1 / (1 + np.exp(-gate(x)))
    return opened * branch(x) + (1 - opened) * x
