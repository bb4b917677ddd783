import numpy as np

x, w = np.array([-1.0, 2.0]), 3.0
for _ in range(2):  # two looks-linear layers with mirrored weights
    x = w * np.maximum(x, 0) - w * np.maximum(-x, 0)
print(x)
