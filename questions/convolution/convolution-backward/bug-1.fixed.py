import numpy as np


def input_gradient(g, w, size, stride):
    """Of a convolution without padding; g: dL/dy, w: the kernel."""
    dx = np.zeros(size)
    for j, slope in enumerate(g):
        start = j * stride
        dx[start : start + len(w)] += slope * w
    return dx


rng = np.random.default_rng(0)
x, w, stride = rng.normal(size=7), rng.normal(size=3), 2
y = np.array([x[j : j + 3] @ w for j in range(0, 5, stride)])
g = rng.normal(size=3)
dx = input_gradient(g, w, 7, stride)
print("adjoint:", bool(np.isclose(y @ g, x @ dx)))
