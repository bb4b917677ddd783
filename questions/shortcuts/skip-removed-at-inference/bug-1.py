import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(5, 4))
kernel = rng.normal(size=(4, 4))  # a 1x1 convolution: in, out
gamma, beta, mean, std = rng.uniform(0.5, 2, (4, 4))

before = (x @ kernel - mean) / std * gamma + beta
scale = gamma / std
merged = kernel * scale[:, None]
bias = beta - mean * scale
print("folded layer agrees:", bool(np.allclose(x @ merged + bias, before)))
