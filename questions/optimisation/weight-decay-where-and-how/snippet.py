import numpy as np


def sgd(momentum, coupled, steps=50, rate=0.1, decay=0.01):
    """Return a weight that starts at 1 and sees no gradient but the decay."""
    w, v = 1.0, 0.0
    for _ in range(steps):
        v = momentum * v + (decay * w if coupled else 0.0)
        w = w - rate * v - (0.0 if coupled else rate * decay * w)
    return w


print("50 steps of decay alone, rate 0.1, decay 0.01")
for momentum in (0.0, 0.9):
    coupled, decoupled = sgd(momentum, True), sgd(momentum, False)
    print(f"  SGD, momentum {momentum}: L2 {coupled:.3f}, decoupled {decoupled:.3f}")


def adam(coupled, size, steps=2000, rate=0.001, decay=0.1, runs=2000):
    """Return the mean weight after random gradients of one size."""
    rng = np.random.default_rng(0)
    w, m, v = np.ones(runs), np.zeros(runs), np.zeros(runs)
    for t in range(1, steps + 1):
        g = size * rng.normal(size=runs) + (decay * w if coupled else 0.0)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        step = (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        w = w - rate * step - (0.0 if coupled else rate * decay * w)
    return w.mean()


print("2,000 steps of Adam, rate 0.001, decay 0.1")
for size in (0.1, 1.0, 10.0):
    coupled, decoupled = adam(True, size), adam(False, size)
    print(f"  gradients of {size:4.1f}: L2 {coupled:.2f}, decoupled {decoupled:.2f}")

# A linear map with BatchNorm after it: the loss ignores the length of the weights.
rng = np.random.default_rng(0)
x, target = rng.normal(size=(64, 8)), rng.normal(size=64)
w = rng.normal(size=8)


def loss(w):
    a = x @ w
    return np.mean(((a - a.mean()) / a.std() - target) ** 2)


print("weights before BatchNorm")
for factor in (1, 2, 10):
    v, h = factor * w, 1e-5 * factor
    g = [(loss(v + h * e) - loss(v - h * e)) / (2 * h) for e in np.eye(8)]
    print(f"  times {factor:2d}: loss {loss(v):.3f}, gradient {np.linalg.norm(g):.4f}")
