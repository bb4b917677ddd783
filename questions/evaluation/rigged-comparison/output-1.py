import numpy as np

x = np.array([-1.0, 0.0, 2.0])
weights = np.zeros((3, 3))
branch = np.maximum(x @ weights, 0)
for output in (branch, x + branch):
    print(np.mean((output - x) ** 2).round(2))
