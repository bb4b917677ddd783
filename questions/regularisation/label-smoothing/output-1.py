import numpy as np

labels = np.array([1])
targets = np.eye(4)[labels]
smoothed = 0.8 * targets + 0.2 / 4
print(smoothed.round(2).tolist())
print(round(float(smoothed.sum()), 2))
