import numpy as np


def highway(x, branch, gate):
    """branch, gate: functions of x; gate returns logits. The gate opens the branch."""
    return x
