import numpy as np


def kept(bias, blocks):
    """What x * (1 - gate) leaves of the shortcut after so many blocks."""
    gate = 1 / (1 + np.exp(-bias))
    return (1 - gate) ** blocks


print(f"{kept(0.0, 10):.3f}")
print(f"{kept(-50.0, 54):.3f}")
