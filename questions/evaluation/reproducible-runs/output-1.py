import numpy as np


def weights(extra):
    rng = np.random.default_rng(0)
    first = rng.normal(size=3)
    if extra:
        rng.normal()
    return first, rng.normal(size=3)


for old, new in zip(weights(False), weights(True), strict=True):
    print(bool((old == new).all()))
