import numpy as np

# 64 inputs as one batch, or as micro-batches whose gradients are averaged.
rng = np.random.default_rng(0)
x, t = rng.normal(size=(64, 16)) + 2, rng.normal(size=(64, 8))
W = rng.normal(size=(16, 8)) / 4


def gradient(x, t, axis):
    """Return the gradient of a linear map, normalised over `axis` or not at all."""
    a = x @ W
    if axis is None:
        return x.T @ (a - t) / len(x)
    s = np.sqrt(a.var(axis, keepdims=True) + 1e-3)
    n = (a - a.mean(axis, keepdims=True)) / s
    g = (n - t) / len(x)
    g = g - g.mean(axis, keepdims=True) - n * (g * n).mean(axis, keepdims=True)
    return x.T @ (g / s)


print("averaged gradient of micro-batches against that of all 64, off by")
kinds = (("no normalisation", None), ("over the channels", 1), ("over the batch", 0))
for name, axis in kinds:
    whole = gradient(x, t, axis)
    for size in (32, 16, 8):
        cuts = [slice(i, i + size) for i in range(0, 64, size)]
        parts = np.mean([gradient(x[c], t[c], axis) for c in cuts], axis=0)
        off = 100 * np.linalg.norm(parts - whole) / np.linalg.norm(whole)
        print(f"  {name:17s} micro-batches of {size:2d}: {off:3.0f} %")

# A variance divided by n, as BatchNorm's, on average over many batches of n values.
for n in (2, 4, 32):
    seen = rng.normal(size=(200000, n)).var(1).mean()
    print(f"variance 1 seen in batches of {n:2d}: {seen:.2f}")
share = 100 * (1 - 0.99**8)
print(f"share={share:.1f} % in the moving average after one update of 8 micro-batches")
