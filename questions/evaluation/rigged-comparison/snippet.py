import numpy as np

DEPTH, WIDTH, STEPS, RATE = 20, 64, 400, 1e-3


def run(skip, scale, last_relu, target):
    """Trains 20 layers with Adam; returns first and last loss and two gradients."""
    rng = np.random.default_rng(0)
    he = np.sqrt(2 / WIDTH)
    weights = [rng.normal(0, he * scale, (WIDTH, WIDTH)) for _ in range(DEPTH)]
    first = [np.zeros_like(w) for w in weights]
    second = [np.zeros_like(w) for w in weights]
    inputs = rng.uniform(-1, 1, (1024, WIDTH))
    targets = target(inputs)
    for step in range(1, STEPS + 1):
        rows = rng.integers(0, 1024, 64)
        states, masks = [inputs[rows]], []
        for layer, w in enumerate(weights):
            z = states[-1] @ w
            mask = z > 0 if layer < DEPTH - 1 or last_relu else np.ones_like(z)
            masks.append(mask)
            states.append(z * mask + (states[-1] if skip else 0))
        error = states[-1] - targets[rows]
        loss, back, grads = (error**2).mean(), 2 * error / error.size, []
        for w, x, mask in zip(weights[::-1], states[-2::-1], masks[::-1], strict=True):
            grads.insert(0, x.T @ (back * mask))
            back = (back * mask) @ w.T + (back if skip else 0)
        if step == 1:
            start = loss
            norms = np.linalg.norm(grads[0]), np.linalg.norm(grads[-1])
        for w, m, v, g in zip(weights, first, second, grads, strict=True):
            m += 0.1 * (g - m)
            v += 0.001 * (g**2 - v)
            fixed = np.sqrt(v / (1 - 0.999**step)) + 1e-8
            w -= RATE * m / (1 - 0.9**step) / fixed
    return start, loss, *norms


def same(x):
    return x


def teacher(x):
    mixing = np.random.default_rng(9).normal(0, 1 / 8, (WIDTH, WIDTH))
    return np.tanh(2 * x @ mixing)


small = DEPTH**-0.5
print("as published: copy the input, He times 1/sqrt(20), ReLU last")
for name, skip in ("plain", False), ("residual", True):
    start, end, near, far = run(skip, small, True, same)
    print(f"  {name}: loss {start:.2f} to {end:.2f}")
    print(f"    gradient of layer 1 {near:.0e}, of layer 20 {far:.0e}")
print("and no training at all: every weight zero")
x = np.random.default_rng(1).uniform(-1, 1, (100_000,))
print(f"  plain {np.mean(x**2):.2f}, residual {np.mean((x - x) ** 2):.2f}")
print("lowest loss of any net with ReLU last, uniform targets:")
print(f"floor={np.mean(np.minimum(x, 0) ** 2):.3f}")
print("repaired: a teacher to imitate, linear output, plain net with He alone")
for name, skip, scale in ("plain", False, 1), ("residual", True, small):
    start, end, near, far = run(skip, scale, False, teacher)
    print(f"  {name}: loss {start:.2f} to {end:.2f}")
    print(f"    gradient of layer 1 {near:.0e}, of layer 20 {far:.0e}")
