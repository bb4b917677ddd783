import numpy as np

# Eight layers with BatchNorm and ReLU, then a head; ten classes of 48 pixels, 0 to 255.
K, WIDTH, DEPTH, STEPS, BATCH = 10, 64, 8, 30, 64
rng = np.random.default_rng(0)
prototypes = rng.normal(size=(K, 48))


def images(n):
    y = rng.integers(0, K, n)
    return 128 + 25 * prototypes[y] + 20 * rng.normal(size=(n, 48)), y


class Net:
    def __init__(self, momentum):
        rng = np.random.default_rng(1)
        sizes = [48] + [WIDTH] * DEPTH
        shapes = zip(sizes, sizes[1:])
        self.Ws = [rng.normal(size=s) * np.sqrt(2 / s[0]) for s in shapes]
        self.V = rng.normal(size=(WIDTH, K)) * 0.01
        self.averages = [(np.zeros(WIDTH), np.ones(WIDTH)) for _ in self.Ws]
        self.momentum = momentum

    def forward(self, h, training):
        self.kept = []
        for i, W in enumerate(self.Ws):
            a = h @ W
            mean, var = (a.mean(0), a.var(0)) if training else self.averages[i]
            if training:
                keep, pairs = self.momentum, zip(self.averages[i], (mean, var))
                self.averages[i] = [keep * old + (1 - keep) * new for old, new in pairs]
            s = np.sqrt(var + 1e-3)
            x_hat = (a - mean) / s
            self.kept.append((h, x_hat, s))
            h = np.maximum(x_hat, 0)
        self.h = h
        return h @ self.V

    def step(self, x, y, rate=0.2):
        z = self.forward(x, training=True)
        p = np.exp(z - z.max(1, keepdims=True))
        d = (p / p.sum(1, keepdims=True) - np.eye(K)[y]) / len(y)
        g = d @ self.V.T
        self.V -= rate * self.h.T @ d
        for W, (h, x_hat, s) in zip(reversed(self.Ws), reversed(self.kept)):
            g = g * (x_hat > 0)
            g = (g - g.mean(0) - x_hat * (g * x_hat).mean(0)) / s
            g, change = g @ W.T, h.T @ g
            W -= rate * change


def accuracy(net, x, y, training=False):
    return f"{100 * (net.forward(x, training).argmax(1) == y).mean():5.1f} %"


(x, y), (x_val, y_val) = images(STEPS * BATCH), images(1000)
for momentum in (0.99, 0.9):
    net = Net(momentum)
    for i in range(0, len(x), BATCH):
        net.step(x[i : i + BATCH] / 255, y[i : i + BATCH])
    held = 100 * (1 - momentum**STEPS)
    print(f"momentum {momentum}: the averages hold {held:.1f} % after {STEPS} steps")
    print("  training images, inference mode  ", accuracy(net, x / 255, y))
    print("  validation images, inference mode", accuracy(net, x_val / 255, y_val))
    print("  validation images, not divided   ", accuracy(net, x_val, y_val))
    net.momentum = 0.0  # one pass over the training images sets the averages
    warm = accuracy(net, x / 255, y, training=True)
    print("  training images, training mode   ", warm)
    print("  validation images, new averages  ", accuracy(net, x_val / 255, y_val))
