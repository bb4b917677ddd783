import numpy as np

rng = np.random.default_rng(0)
x, target = rng.normal(size=(32, 8)), rng.normal(size=(32, 8))
base = rng.normal(size=(8, 8))
down = rng.normal(size=(8, 2))
up = np.zeros((2, 8))
before = ((x @ (base + down @ up) - target) ** 2).mean()
for _ in range(200):
    back = 2 * x.T @ (x @ (base + down @ up) - target) / 32
    grad_down, grad_up = back @ up.T, down.T @ back
    down, up = down - 0.01 * grad_down, up - 0.01 * grad_up
after = ((x @ (base + down @ up) - target) ** 2).mean()
print("the adapter learns:", bool(after < before))
