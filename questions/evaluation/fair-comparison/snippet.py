"""One test set, one architecture: what recipe and protocol do to the figure."""
import numpy as np

rng = np.random.default_rng(0)
shapes = rng.normal(size=(10, 12, 12))  # a toy task: ten patterns


def images(n):
    """Each pattern moved by a pixel at most, mirrored or not, under noise."""
    labels = rng.integers(0, 10, n)
    x = rng.normal(size=(n, 12, 12))
    for i, k in enumerate(labels):
        moved = np.roll(shapes[k], rng.integers(-1, 2, 2), (0, 1))
        x[i] += moved[:, ::-1] if rng.random() < 0.5 else moved
    return x, labels


def crop(x, row, column, mirror):
    view = x[:, row:row + 10, column:column + 10]
    return (view[:, :, ::-1] if mirror else view).reshape(len(x), -1)


def softmax(z):
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


CENTRE = [(1, 1, False)]
TEN = [(i, j, m) for m in (False, True)
       for i, j in ((1, 1), (0, 0), (0, 2), (2, 0), (2, 2))]


def train(seed, views):
    """The same small net, steps and rate; only the views of an image differ."""
    r = np.random.default_rng(seed)
    w, v = r.normal(0, 0.1, (100, 64)), r.normal(0, 0.1, (64, 10))
    mw, mv = np.zeros_like(w), np.zeros_like(v)
    for _ in range(1500):
        pick = r.integers(0, len(x), 64)
        a = crop(x[pick], *views[r.integers(len(views))])
        h = np.maximum(a @ w, 0)
        d = (softmax(h @ v) - np.eye(10)[y[pick]]) / 64
        mw = 0.9 * mw + a.T @ ((d @ v.T) * (h > 0))
        mv = 0.9 * mv + h.T @ d
        w, v = w - 0.05 * mw, v - 0.05 * mv
    return lambda a: softmax(np.maximum(a @ w, 0) @ v)


def accuracy(nets, views, k=1):
    p = sum(net(crop(test, *view)) for net in nets for view in views)
    rank = (p > p[np.arange(len(p)), labels][:, None]).sum(1)
    return 100 * np.mean(rank < k)


(x, y), (test, labels) = images(3000), images(2000)
print("recipe     one crop  ten crops  one, top-5  six nets, ten, top-5")
recipes = {"centre": CENTRE, "ten views": TEN}
for name, views in recipes.items():
    nets = recipes[name] = [train(seed, views) for seed in range(6)]
    print(f"{name:10} {accuracy(nets[:1], CENTRE):8.1f} {accuracy(nets[:1], TEN):10.1f}"
          f" {accuracy(nets[:1], CENTRE, 5):11.1f} {accuracy(nets, TEN, 5):21.1f}")

# Does the order hold for other seeds? Six nets of each recipe, one by one.
for protocol, views in (("one crop", CENTRE), ("ten crops", TEN)):
    runs = {name: np.array([accuracy([net], views) for net in nets])
            for name, nets in recipes.items()}
    for name, values in runs.items():
        print(f"{protocol:9} {name:9} {values.mean():.1f} +- {values.std(ddof=1):.1f}, "
              f"best {values.max():.1f}")
    ahead = np.sum(runs["centre"] > runs["ten views"])
    print(f"{protocol}: centre ahead in {ahead} of 6 seeds")
