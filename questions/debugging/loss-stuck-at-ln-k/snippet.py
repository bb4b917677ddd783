import numpy as np

# Ten classes of points that two layers learn at once; each disease alone stops that.
K, N = 10, 500
rng = np.random.default_rng(0)
labels = rng.integers(0, K, N)
images = 2 * rng.normal(size=(K, 64))[labels] + rng.normal(size=(N, 64))


def softmax(z):
    z = np.exp(z - z.max(1, keepdims=True))
    return z / z.sum(1, keepdims=True)


def train(
    y, depth=2, gain=2.0, rate=0.1, collapse=False, twice=False, mixed=False
):
    """Return first and last loss, spread of the logits, first layer's gradient norm."""
    rng = np.random.default_rng(1)
    sizes = [64] + [64] * (depth - 1) + [K]
    Ws = [rng.normal(size=(a, b)) * np.sqrt(gain / a) for a, b in zip(sizes, sizes[1:])]
    Ws[-1] = Ws[-1] * 0.01
    losses = []
    for epoch in range(20):
        y = rng.permutation(y) if mixed else y
        for i in range(0, N, 50):
            hs = [images[i : i + 50]]
            for W in Ws[:-1]:
                hs.append(np.maximum(hs[-1] @ W, 0))
            z = hs[-1] @ Ws[-1]
            p = softmax(z)
            q = softmax(p) if twice else p
            t = y[i : i + 50]
            losses.append(-np.log(q[np.arange(50), t]).mean())
            d = (q - np.eye(K)[t]) / 50
            if twice:
                d = p * (d - (d * p).sum(1, keepdims=True))
            for j in reversed(range(depth)):
                g = hs[j].T @ d
                d = (d @ Ws[j].T) * (hs[j] > 0)
                Ws[j] = Ws[j] - rate * g
        if collapse:
            rate *= 0.1
    return losses[0], np.mean(losses[-10:]), z.std(0).mean(), np.linalg.norm(g)


cases = {
    "healthy": train(labels),
    "rate / 10 each epoch": train(labels, rate=1e-4, collapse=True),
    "30 layers, gain 1": train(labels, depth=30, gain=1.0),
    "labels of other images": train(labels, mixed=True),
    "softmax twice": train(labels, twice=True),
}
print("                        step 0   last  spread  gradient")
for name, (first, last, spread, norm) in cases.items():
    print(f"{name:23s} {first:6.3f} {last:6.3f} {spread:7.1g} {norm:9.0e}")
p = np.array([0.8, 0.1, 0.1])
entropy = -(p * np.log(p)).sum()
print(f"labels 80/10/10, input ignored: {entropy:.3f}, ln 3 = {np.log(3):.3f}")
