import numpy as np

rng = np.random.default_rng(0)
x, target = rng.normal(size=(64, 8)), rng.normal(size=(64, 8))
alpha, w1, w2 = 0.0, rng.normal(0, 0.5, (8, 8)), np.zeros((8, 8))
for _ in range(20):
    inner = np.maximum(x @ w1, 0)
    g = (x + alpha * inner @ w2 - target) / 64
    d_alpha = np.sum(g * (inner @ w2))
    d_w2 = alpha * inner.T @ g
    d_w1 = x.T @ (alpha * (g @ w2.T) * (inner > 0))
    alpha, w1, w2 = alpha - 0.1 * d_alpha, w1 - 0.1 * d_w1, w2 - 0.1 * d_w2
print("branch after 20 steps:", abs(alpha * inner @ w2).max().round(3))
