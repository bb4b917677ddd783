import numpy as np

base = np.eye(2)
down = np.array([[1.0], [2.0]])
up = np.array([[0.0, 0.0]])
x = np.array([3.0, 1.0])
print(x @ (base + down @ up))
up = np.array([[1.0, 0.0]])
print(x @ (base + down @ up))
