import numpy as np

WIDTH, BLOCKS, CLASSES, STEPS, RATE = 24, 6, 5, 200, 0.004
relu = lambda v: np.maximum(v, 0)


def spirals(n, rng):
    label, radius = rng.integers(0, CLASSES, n), rng.uniform(0.1, 1, n)
    turn = 4 * radius + 2 * np.pi * label / CLASSES
    points = 3 * np.c_[radius * np.cos(turn), radius * np.sin(turn)]
    return points + rng.normal(0, 0.05, (n, 2)), label


def start(skip, rng):
    """A stem, two layers a block, a head; a bias for all but the head."""
    sides = [2] + [WIDTH] * (2 * BLOCKS + 1) + [CLASSES]
    weights = [rng.normal(0, np.sqrt(2 / a), (a, b)) for a, b in zip(sides, sides[1:])]
    for i in range(2, 2 * BLOCKS + 1, 2):
        weights[i] *= 0.1 if skip else 1  # residual branches start small
    return weights + [np.zeros(WIDTH) for _ in range(2 * BLOCKS + 1)]


def run(net, skip, x, order=range(BLOCKS)):
    """Logits, last features and what the backward pass needs; blocks in any order."""
    w, b = net[: 2 * BLOCKS + 2], net[2 * BLOCKS + 2 :]
    h, tape = relu(x @ w[0] + b[0]), []
    for block in order:
        i = 1 + 2 * block
        inner = relu(h @ w[i] + b[i])
        z = inner @ w[i + 1] + b[i + 1]
        out = h + z if skip else relu(z)
        tape.append((i, h, inner, out))
        h = out
    return h @ w[-1], h, tape


def gradients(net, skip, x, one_hot):
    logits, h, tape = run(net, skip, x)
    p = np.exp(logits - logits.max(1, keepdims=True))
    d = (p / p.sum(1, keepdims=True) - one_hot) / len(x)
    head, found = 2 * BLOCKS + 1, [None] * len(net)
    found[head], g = h.T @ d, d @ net[head].T
    for i, before, inner, out in tape[::-1]:
        top = g if skip else g * (out > 0)
        below = (top @ net[i + 1].T) * (inner > 0)
        found[i + 1], found[head + 2 + i] = inner.T @ top, top.sum(0)
        found[i], found[head + 1 + i] = before.T @ below, below.sum(0)
        g = below @ net[i].T + (g if skip else 0)
    g = g * (tape[0][1] > 0)
    found[0], found[head + 1] = x.T @ g, g.sum(0)
    return found


def trained(skip, seed):
    """200 steps of Adam on 300 points."""
    rng = np.random.default_rng(seed)
    x, label = spirals(300, rng)
    net, one_hot = start(skip, rng), np.eye(CLASSES)[label]
    m, v = [0 * p for p in net], [0 * p for p in net]
    for t in range(1, STEPS + 1):
        for i, g in enumerate(gradients(net, skip, x, one_hot)):
            m[i] = 0.9 * m[i] + 0.1 * g
            v[i] = 0.99 * v[i] + 0.01 * g * g
            root = np.sqrt(v[i] / (1 - 0.99**t)) + 1e-8
            net[i] = net[i] - RATE * m[i] / (1 - 0.9**t) / root
    return net


x, label = spirals(1000, np.random.default_rng(99))
for skip in (False, True):
    whole, deleted, swapped = [], [], []
    for seed in range(2):
        net = trained(skip, seed)
        score = lambda order: np.mean(run(net, skip, x, order)[0].argmax(1) == label)
        whole.append(score(range(BLOCKS)))
        for k in range(BLOCKS):
            deleted.append(score([j for j in range(BLOCKS) if j != k]))
        for k in range(BLOCKS - 1):
            order = list(range(BLOCKS))
            order[k], order[k + 1] = order[k + 1], order[k]
            swapped.append(score(order))
    print("residual" if skip else "plain")
    print("  whole net above 95 %:", min(whole) > 0.95)
    print("  one block deleted, all below 45 %:", max(deleted) < 0.45)
    print("  one block deleted, median above 60 %:", np.median(deleted) > 0.6)
    print("  two neighbours swapped, median above 80 %:", np.median(swapped) > 0.8)
