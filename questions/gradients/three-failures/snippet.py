import numpy as np

WIDTH, ROWS, STEPS, RATES = 16, 256, 200, (0.01, 0.03, 0.1)


def normal(rng, rows, columns, gain=2):
    return rng.normal(0, np.sqrt(gain / rows), (rows, columns))


def start(blocks, skip, seed):
    """Two matrices a block and one to read out; He initialisation."""
    rng, net = np.random.default_rng(100 + seed), []
    for _ in range(blocks):
        last = normal(rng, WIDTH, WIDTH) * (0.1 if skip else 1)
        net += [normal(rng, WIDTH, WIDTH), last]
    return net + [normal(rng, WIDTH, 4, 1)]


def loss_and_gradients(net, skip, x, y):
    seen, h = [], x
    for a, b in zip(net[:-1:2], net[1:-1:2]):
        inner = np.maximum(h @ a, 0)
        out = h + inner @ b if skip else np.maximum(inner @ b, 0)
        seen.append((h, inner, out))
        h = out
    error = h @ net[-1] - y
    d = 2 * error / error.size
    gradients, g = [h.T @ d], d @ net[-1].T
    for (h, inner, out), a, b in zip(seen[::-1], net[-3::-2], net[-2::-2]):
        top = g if skip else g * (out > 0)
        below = (top @ b.T) * (inner > 0)
        gradients += [inner.T @ top, h.T @ below]
        g = below @ a.T + (g if skip else 0)
    return np.mean(error**2), gradients[::-1]


def trained(net, skip, x, y, rate):
    net, speed = [w.copy() for w in net], [0 * w for w in net]
    for _ in range(STEPS):
        loss, gradients = loss_and_gradients(net, skip, x, y)
        if not np.isfinite(loss):
            return np.inf, net
        for w, v, g in zip(net, speed, gradients):
            v *= 0.9
            v -= rate * g
            w += v
    return loss_and_gradients(net, skip, x, y)[0], net


def best(net, skip, x, y):
    """Every net gets its own best rate of three."""
    runs = [trained(net, skip, x, y, rate) for rate in RATES]
    return min(runs, key=lambda run: run[0])


np.seterr(all="ignore")
for seed in range(3):
    rng = np.random.default_rng(seed)
    x = np.maximum(rng.normal(size=(ROWS, WIDTH)), 0)
    teacher = normal(rng, WIDTH, WIDTH, 1), normal(rng, WIDTH, 4, 1)
    y = np.maximum(x @ teacher[0], 0) @ teacher[1]
    y = (y - y.mean(0)) / y.std(0)

    shallow, layers = best(start(1, False, seed), False, x, y)
    deep_start = start(10, False, seed)
    deep, _ = best(deep_start, False, x, y)
    residual, _ = best(start(10, True, seed), True, x, y)
    built = layers[:2] + [np.eye(WIDTH)] * 18 + layers[2:]
    same = np.isclose(loss_and_gradients(built, False, x, y)[0], shallow)

    first = loss_and_gradients(deep_start, False, x, y)[1]
    norms = [np.linalg.norm(g) for g in first[:-1]]
    print(f"seed {seed}")
    print("  deeper plain net: training loss over twice as high:", deep > 2 * shallow)
    print("  its step-0 gradients, largest over smallest below 10:",
          max(norms) < 10 * min(norms))
    print("  shallow net plus identity layers: same loss:", bool(same))
    print("  deeper net with skips: training loss below half:",
          residual < shallow / 2)
