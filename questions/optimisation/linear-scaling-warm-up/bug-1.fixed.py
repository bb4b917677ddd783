import numpy as np

rng = np.random.default_rng(0)
x, y = rng.normal(size=(32, 5)), rng.normal(size=32)
w, rate = np.zeros(5), 0.1


def gradient(x, y):
    return 2 * x.T @ (x @ w - y) / len(y)

workers = [gradient(a, b) for a, b in zip(np.split(x, 4), np.split(y, 4))]
step = rate * np.mean(workers, axis=0)
alone = rate * gradient(x, y)
print("the same step as one batch of 32:", np.allclose(step, alone))
