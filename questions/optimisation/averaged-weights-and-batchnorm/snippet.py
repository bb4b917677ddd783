import numpy as np

WIDTH, RATE = 64, 3.0
rng = np.random.default_rng(0)
centres = rng.normal(0, 0.6, (10, 20))


def draw(count):
    labels = rng.integers(0, 10, count)
    return centres[labels] + rng.normal(size=(count, 20)), labels


def forward(net, x, stored=None):
    """Logits, what backward needs, and the statistics of this batch."""
    state, kept, seen = x, [], []
    for layer, (w, gain, shift) in enumerate(net[:-1]):
        z = state @ w
        mean, var = (z.mean(0), z.var(0)) if stored is None else stored[layer]
        normed = (z - mean) / np.sqrt(var + 1e-5)
        kept.append((state, normed, var))
        seen.append((z.mean(0), z.var(0)))
        state = np.maximum(gain * normed + shift, 0)
    return state @ net[-1][0], (state, kept), np.array(seen)


def gradients(net, x, labels):
    logits, (state, kept), seen = forward(net, x)
    back = np.exp(logits - logits.max(1, keepdims=True))
    back /= back.sum(1, keepdims=True)
    back[np.arange(len(x)), labels] -= 1
    back /= len(x)
    grads = [[state.T @ back]]
    back = back @ net[-1][0].T
    for (w, gain, shift), (below, normed, var) in zip(net[-2::-1], kept[::-1]):
        back = back * (gain * normed + shift > 0)
        inner = gain * back
        inner = inner - inner.mean(0) - normed * (inner * normed).mean(0)
        inner /= np.sqrt(var + 1e-5)
        grads.insert(0, [below.T @ inner, (back * normed).sum(0), back.sum(0)])
        back = inner @ w.T
    return grads, seen


def accuracy(net, stored):
    return (forward(net, test[0], stored)[0].argmax(1) == test[1]).mean()


train, test = draw(2000), draw(4000)
one, zero = np.ones(WIDTH), np.zeros(WIDTH)
net = [
    [rng.normal(0, 0.3, (20, WIDTH)), one, zero],
    [rng.normal(0, 0.15, (WIDTH, WIDTH)), one, zero],
    [rng.normal(0, 0.1, (WIDTH, 10))],
]
stored, nets, statistics = np.array([[zero, one]] * 2), [], []
for step in range(400):
    rows = rng.integers(0, 2000, 64)
    grads, seen = gradients(net, train[0][rows], train[1][rows])
    stored = 0.9 * stored + 0.1 * seen
    net = [[p - RATE * g for p, g in zip(*pair)] for pair in zip(net, grads)]
    if step >= 200 and step % 20 == 0:
        nets.append(net)
        statistics.append(stored)

average = [[np.mean(p, axis=0) for p in zip(*layer)] for layer in zip(*nets)]
fresh = forward(average, train[0])[2]
single = np.mean([accuracy(n, s) for n, s in zip(nets, statistics)])
print(f"ten nets of one run, each alone: {single:.3f}")
print(f"averaged weights, statistics of the last net: {accuracy(average, stored):.3f}")
mixed = np.mean(statistics, axis=0)
print(f"averaged weights, averaged statistics: {accuracy(average, mixed):.3f}")
print(f"averaged weights, statistics of their own: {accuracy(average, fresh):.3f}")
ratio = stored[1, 1].mean() / fresh[1, 1].mean()
print(f"stored variance over that of the average: {ratio:.2f}")
