import numpy as np

# SGD on a quadratic loss. A batch of B gives a gradient with noise of variance 1/B.
rng = np.random.default_rng(0)


def spread(batch, rate, images=102400, runs=4000):
    """Return the variance of the weight over many runs, after so many images."""
    w = np.zeros(runs)
    for _ in range(images // batch):
        w = w - rate * (w + rng.normal(size=runs) / np.sqrt(batch))
    return w.var()


print("spread of the weight after the same number of images, curvature 1")
for batch, rate in ((16, 0.05), (64, 0.05), (64, 0.2), (256, 0.8), (512, 1.6)):
    print(f"  batch {batch:3d}, rate {rate:4.2f}: {1e4 * spread(batch, rate):5.1f} e-4")

print("eight steps at rate 0.1 against one step at rate 0.8, from w = 1")
for curvature in (0.1, 1.0, 3.0):
    small, large = (1 - 0.1 * curvature) ** 8, 1 - 0.8 * curvature
    print(f"  curvature {curvature}: {small:5.2f} against {large:5.2f}")


def farthest(rate_at):
    """Return the largest |w| when the curvature falls from 10 to 1 during training."""
    w, worst = 1.0, 0.0
    for t in range(200):
        curvature = 1 + 9 * np.exp(-t / 20)
        w = w - rate_at(t) * curvature * w
        worst = max(worst, abs(w))
    return worst


def ramp(t):
    return 0.8 * min(1, (t + 1) / 50)


print(f"rate 0.8 from the start: |w| reaches {farthest(lambda t: 0.8):.0e}")
print(f"ramp over 50 steps:      |w| reaches {farthest(ramp):.2f}")
