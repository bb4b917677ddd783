import numpy as np

DEPTH, WIDTH = 20, 64


def kept(skip):
    """What is left of the signal's mean square after the last layer."""
    rng = np.random.default_rng(0)
    x = start = rng.uniform(-1, 1, (256, WIDTH))
    for _ in range(DEPTH):
        scale = np.sqrt(2 / WIDTH / DEPTH)
        branch = np.maximum(x @ rng.normal(0, scale, (WIDTH, WIDTH)), 0)
        x = x + branch if skip else branch
    return np.mean(x**2) / np.mean(start**2)


print("plain net keeps more than a thousandth:", kept(skip=False) > 1e-3)
