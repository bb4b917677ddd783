import numpy as np

confidence = np.array([0.9, 0.9, 0.6, 0.6])
hit = np.array([1, 0, 1, 1])

error = 0.0
for level in (0.9, 0.6):
    inside = confidence == level
    gap = hit[inside].mean() - confidence[inside].mean()
    error += inside.mean() * abs(gap)
print(f"{confidence.mean():.2f} {hit.mean():.2f} {error:.2f}")
