import numpy as np

CLASSES, HIDDEN, STEPS = 10, 128, 400


def log_softmax(z):
    z = z - z.max(1, keepdims=True)
    return z - np.log(np.exp(z).sum(1, keepdims=True))


def draw(count, rng):
    """Ten overlapping clouds in 20 dimensions."""
    labels = rng.integers(0, CLASSES, count)
    centres = np.random.default_rng(5).normal(0, 0.55, (CLASSES, 20))
    return centres[labels] + rng.normal(size=(count, 20)), labels


def calibration_error(p, labels):
    """Gap between confidence and accuracy, averaged over 15 bins."""
    sure, right = p.max(1), p.argmax(1) == labels
    bins = np.minimum((sure * 15).astype(int), 14)
    parts = [bins == b for b in range(15)]
    gaps = [abs(sure[b].mean() - right[b].mean()) * b.mean() for b in parts if b.any()]
    return sum(gaps)


def train(smoothing):
    rng = np.random.default_rng(0)
    x, labels = draw(300, rng)
    targets = (1 - smoothing) * np.eye(CLASSES)[labels] + smoothing / CLASSES
    net = [rng.normal(0, 0.3, (20, HIDDEN)), rng.normal(0, 0.1, (HIDDEN, CLASSES))]
    first, second = ([np.zeros_like(w) for w in net] for _ in range(2))
    for step in range(1, STEPS + 1):
        hidden = np.maximum(x @ net[0], 0)
        back = (np.exp(log_softmax(hidden @ net[1])) - targets) / len(x)
        grads = [x.T @ (back @ net[1].T * (hidden > 0)), hidden.T @ back]
        for w, m, v, g in zip(net, first, second, grads):
            m += 0.1 * (g - m)
            v += 0.001 * (g**2 - v)
            w -= 3e-3 * m / (1 - 0.9**step) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return lambda points: np.maximum(points @ net[0], 0) @ net[1]


right, wrong = 0.9 + 0.1 / CLASSES, 0.1 / CLASSES
floor = -(right * np.log(right) + (CLASSES - 1) * wrong * np.log(wrong))
print(f"smoothing 0.1: targets {right:.2f} and {wrong:.2f}")
print(f"  lowest loss {floor:.3f}, best logit gap {np.log(right / wrong):.2f}")

test = draw(4000, np.random.default_rng(1))
held_out = draw(2000, np.random.default_rng(2))
for smoothing in (0, 0.1, 0.4):
    logits = train(smoothing)
    p = np.exp(log_softmax(logits(test[0])))
    accuracy = (p.argmax(1) == test[1]).mean()
    sure = p.max(1).mean()
    print(f"smoothing {smoothing}: confidence {sure:.2f}, accuracy {accuracy:.2f}")
    print(f"  calibration error {calibration_error(p, test[1]):.2f}", end="")
    rows, labels = logits(held_out[0]), held_out[1]
    losses = {
        t: -log_softmax(rows / t)[np.arange(2000), labels].mean()
        for t in np.arange(0.5, 5, 0.1)
    }
    print(f", best temperature {min(losses, key=losses.get):.1f}")
