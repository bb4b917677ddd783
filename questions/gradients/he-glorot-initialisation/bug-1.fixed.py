import numpy as np

rng = np.random.default_rng(0)
width, layers = 256, 30
x = rng.normal(size=(128, width))
for _ in range(layers):
    std = np.sqrt(2 / width)  # He, for layers with a ReLU
    w = rng.uniform(-np.sqrt(3) * std, np.sqrt(3) * std, (width, width))
    x = np.maximum(x @ w, 0)
rms = np.sqrt(np.mean(x**2))
print(f"activations after {layers} layers: {rms:.4f}")
