import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(4096, 16))
kernel = rng.normal(0, 0.25, (16, 32))  # a 1x1 convolution: in, out
gamma, beta = rng.uniform(0.5, 1.5, (2, 32))
mean, var = rng.normal(size=32), np.ones(32)
var[3] = 1e-4  # one channel hardly varied in training

scale = gamma / np.sqrt(var + 1e-5)
folded, bias = kernel * scale, beta - mean * scale
before = (x @ kernel - mean) * scale + beta
after = x @ folded + bias
print("folding is exact:", bool(np.allclose(before, after)))
ratio = np.abs(folded).max(0)
print(f"widest channel {ratio.max() / np.median(ratio):.0f} times the median one")


def quantised(weights, step):
    return np.clip(np.round(weights / step), -127, 127) * step


def errors(weights, step):
    """Relative error of each output channel after rounding the weights to int8."""
    wanted = x @ weights
    gap = x @ quantised(weights, step) - wanted
    return np.sqrt((gap**2).mean(0) / (wanted**2).mean(0))


for name, weights in ("before folding", kernel), ("after folding", folded):
    per_tensor = errors(weights, np.abs(weights).max() / 127)
    per_channel = errors(weights, np.abs(weights).max(0) / 127)
    print(f"{name}: median error per tensor {np.median(per_tensor):.1%}")
    print(f"  per channel {np.median(per_channel):.1%}")

a, b = rng.uniform(0, 2, 1000), rng.uniform(0, 30, 1000)
step_a, step_b, step_sum = 2 / 255, 30 / 255, 32 / 255
q_a, q_b = np.round(a / step_a), np.round(b / step_b)
naive = (q_a + q_b) * step_b
right = np.round((q_a * step_a + q_b * step_b) / step_sum) * step_sum
print(f"residual add: integers as they are, worst error {abs(naive - a - b).max():.1f}")
print(f"  rescaled to a common step, worst error {abs(right - a - b).max():.2f}")
