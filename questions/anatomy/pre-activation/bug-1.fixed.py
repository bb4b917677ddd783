import numpy as np

rng = np.random.default_rng(0)
relu = lambda v: np.maximum(v, 0)
norm = lambda v: (v - v.mean(0)) / np.sqrt(v.var(0) + 1e-5)
width, blocks = 64, 48
x = rng.normal(size=(512, width))  # out of the stem
for _ in range(blocks):
    branch = x
    for _ in range(2):
        w = rng.normal(0, np.sqrt(2 / width), (width, width))
        branch = relu(norm(branch)) @ w
    x = x + branch
features = relu(norm(x))  # to pooling and the classifier
print(f"spread of the features: {np.sqrt(np.mean(features**2)):.0f}")
