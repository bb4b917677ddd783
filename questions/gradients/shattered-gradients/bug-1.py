import numpy as np


def correlation(slopes):
    g = np.abs(slopes)
    return np.sum(g[:-1] * g[1:]) / np.sum(g * g)


# dy/dx at 1000 neighbouring points of a line: as unrelated as they can be
noise = np.random.default_rng(0).normal(size=1000)
print("neighbours related:", bool(correlation(noise) > 0.5))
