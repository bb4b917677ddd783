import numpy as np

label, classes, smoothing = 2, 4, 0.2
target = np.eye(classes)[label] * (1 - smoothing) + smoothing / classes
print(target.round(2).tolist())
