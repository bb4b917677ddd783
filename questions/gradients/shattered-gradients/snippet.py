import numpy as np

WIDTH, POINTS, SEEDS = 48, 192, range(8)
line = np.linspace(-2, 2, POINTS)[:, None]  # neighbours are 0.02 apart


def norm(h, slope):
    """Standardise each unit over the points; its slope is divided alike."""
    std = h.std(0) + 1e-6
    return (h - h.mean(0)) / std, slope / std


def slopes(depth, skip, seed):
    """dy/dx at every point of the line, at initialisation."""
    rng = np.random.default_rng(seed)

    def layer(h, slope):
        h, slope = norm(h, slope)
        on, w = h > 0, rng.normal(0, np.sqrt(2 / WIDTH), (WIDTH, WIDTH))
        return (h * on) @ w, (slope * on) @ w

    w, b = rng.normal(size=(1, WIDTH)), rng.normal(size=WIDTH)
    h, slope = line @ w + b, np.repeat(w, POINTS, 0)
    for _ in range(depth // 2):
        branch, d = layer(*layer(h, slope))
        h, slope = (h + branch, slope + d) if skip else (branch, d)
    h, slope = norm(h, slope)
    return (slope * (h > 0)) @ rng.normal(size=WIDTH)


def correlation(g):
    """Of each gradient with that of its neighbour; 1 is equal, 0 unrelated."""
    g = g - g.mean()
    return (g[:-1] * g[1:]).sum() / (g * g).sum()


for depth in (2, 10, 24, 50):
    plain, residual = (
        np.mean([correlation(slopes(depth, skip, seed)) for seed in SEEDS])
        for skip in (False, True)
    )
    print(f"{depth} layers: plain above 0.1 {bool(plain > 0.1)}, "
          f"residual higher by 0.1 {bool(residual > plain + 0.1)}")

same = [np.mean(s[:-1] * s[1:] > 0) for s in (slopes(24, False, i) for i in SEEDS)]
print("24 plain layers, same sign next door, near one half:",
      bool(0.4 < np.mean(same) < 0.6))

# Looks linear: mirrored weights on relu(x) and relu(-x) make W x, at any depth.
rng, x = np.random.default_rng(0), line
for _ in range(50):
    w = rng.normal(0, 1 / np.sqrt(x.shape[1]), (x.shape[1], WIDTH))
    x = np.maximum(x, 0) @ w - np.maximum(-x, 0) @ w
steps = np.diff(x[:, 0])
print("50 looks-linear layers, slope the same everywhere:",
      bool(np.allclose(steps, steps[0])))
