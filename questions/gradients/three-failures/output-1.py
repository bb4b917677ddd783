import numpy as np

x = np.array([1.0, -2.0, 3.0])
after_relu = np.maximum(x, 0)
h, raw = after_relu, x
for _ in range(30):  # thirty more layers whose weights are the identity
    h = np.maximum(np.eye(3) @ h, 0)
    raw = np.maximum(np.eye(3) @ raw, 0)
print(np.array_equal(h, after_relu), np.array_equal(raw, x))
