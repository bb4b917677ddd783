import numpy as np

rng = np.random.default_rng(0)
x, y = rng.random((8, 5)), np.arange(8) % 2
W, V = rng.normal(size=(5, 4)), rng.normal(size=(4, 2))
b, c = -9.0, np.zeros(2)

h = np.maximum(x @ W + b, 0)
z = h @ V + c
p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
d = (p - np.eye(2)[y]) / 8
print(h.max(), np.abs(h.T @ d).max(), round(-np.log(p[0, 0]), 3))
