import numpy as np

# One batch of 20 images in 10 classes; a net of two layers, full-batch gradient steps.
K, N = 10, 20
rng = np.random.default_rng(0)
images, labels = rng.normal(size=(N, 64)), np.arange(N) % K


def softmax(z):
    z = np.exp(z - z.max(1, keepdims=True))
    return z / z.sum(1, keepdims=True)


def train(x, y, rate=0.5, steps=300, frozen=False, twice=False, mixed=False):
    """Return loss and accuracy at the end of training on one batch."""
    rng = np.random.default_rng(1)
    W, V = rng.normal(size=(64, 32)) / 8, rng.normal(size=(32, K)) * 0.01
    for _ in range(steps):
        if mixed:
            y = rng.permutation(y)
        h = np.maximum(x @ W, 0)
        p = softmax(h @ V)
        q = softmax(p) if twice else p
        d = (q - np.eye(K)[y]) / N
        if twice:
            d = p * (d - (d * p).sum(1, keepdims=True))
        dW = x.T @ ((d @ V.T) * (h > 0))
        V = V - rate * h.T @ d
        W = W - rate * dW * (not frozen)
    loss = -np.log(q[np.arange(N), y]).mean()
    return loss, (p.argmax(1) == y).mean()


cases = {
    "healthy": train(images, labels),
    "labels wrong, but fixed": train(images, rng.permutation(labels)),
    "first layer frozen": train(images, labels, frozen=True),
    "labels mixed anew at each step": train(images, labels, mixed=True),
    "rate 1e-4": train(images, labels, rate=1e-4),
    "softmax twice": train(images, labels, twice=True),
    "images all zero": train(images * 0, labels),
}
for name, (loss, accuracy) in cases.items():
    print(f"{name:31s} loss {loss:.3f}  accuracy {accuracy:.2f}")
