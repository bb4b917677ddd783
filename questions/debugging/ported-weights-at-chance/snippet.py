import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

# A net with weights as PyTorch stores them: kernels (out, in, height, width), padding 1
# on every side, stride 2, BatchNorm with eps 1e-5. The head is fitted to ten classes.
rng = np.random.default_rng(0)
K, N = 10, 400
y = np.arange(N) % K
wave = np.cos(np.outer(np.arange(32) + 0.5, np.arange(4)) * np.pi / 32)
shapes = rng.normal(size=(K, 4, 4, 3))[y] + 0.3 * rng.normal(size=(N, 4, 4, 3))
images = np.einsum("nabc,xa,yb->nxyc", shapes, wave, wave)
images = (images - images.min()) / (images.max() - images.min())
pixels = images * [1.0, 0.8, 0.6]
mean, spread = pixels.mean((0, 1, 2)), pixels.std((0, 1, 2))
sizes = [(3, 32), (32, 64)]
kernels = [rng.normal(size=(o, i, 3, 3)) * np.sqrt(2 / 9 / i) for i, o in sizes]


def conv(x, w, before, after):
    """Convolve x (N, H, W, C) with w (height, width, in, out) at stride 2."""
    x = np.pad(x, ((0, 0), (before, after), (before, after), (0, 0)))
    windows = sliding_window_view(x, w.shape[:2], axis=(1, 2))[:, ::2, ::2]
    return np.einsum("nxyihw,hwio->nxyo", windows, w, optimize=True)


def features(x, move=lambda w: w.transpose(2, 3, 1, 0), pads=(1, 1), eps=1e-5):
    x = (x - mean) / spread
    for i, kernel in enumerate(kernels):
        x = conv(x, move(kernel), *pads)
        if len(statistics) == i:  # the first call stores what training would
            statistics.append((x.mean((0, 1, 2)), x.var((0, 1, 2))))
        average, var = statistics[i]
        x = np.maximum((x - average) / np.sqrt(var + eps), 0)
    return x.mean((1, 2))


statistics = []
f = features(pixels)
design = np.c_[f, np.ones(N)]
head = np.linalg.solve(design.T @ design + 1e-3 * np.eye(65), design.T @ np.eye(K)[y])


def report(what, x=pixels, **changes):
    ported = features(x, **changes)
    right = 100 * ((np.c_[ported, np.ones(N)] @ head).argmax(1) == y).mean()
    change = np.linalg.norm(ported - f) / np.linalg.norm(f)
    print(f"{what:32s} features off by {100 * change:8.1f} %, accuracy {right:3.0f} %")


def reshaped(w):
    return w.reshape(3, 3, w.shape[1], w.shape[0])


def swapped(w):
    return w.transpose(3, 2, 1, 0)


report("right")
report("kernel reshaped, not transposed", move=reshaped)
report("height and width swapped", move=swapped)
report("BGR instead of RGB", pixels[..., ::-1])
report("pixels from 0 to 255", pixels * 255)
report("'same' padding on an even map", pads=(0, 1))
report("eps 1e-3 instead of 1e-5", eps=1e-3)
smallest = min(var.min() for _, var in statistics)
print(f"smallest variance of a channel: {smallest:.2f}")
