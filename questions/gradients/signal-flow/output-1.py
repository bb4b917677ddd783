import numpy as np


def clip_by_norm(gradient, limit):
    norm = np.linalg.norm(gradient)
    return gradient * min(1.0, limit / norm)


for size in (1e-9, 1.0, 100.0):
    gradient = size * np.array([0.6, 0.8])
    print(f"{np.linalg.norm(clip_by_norm(gradient, 1.0)):.0e}")
