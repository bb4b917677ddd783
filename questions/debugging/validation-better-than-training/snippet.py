import numpy as np

# Ten classes; a linear softmax net, dropout of one half on its inputs, batches of 50.
K, D = 10, 100
rng = np.random.default_rng(0)
prototypes = rng.normal(size=(K, D)) * 0.35


def draw(n):
    y = rng.integers(0, K, n)
    return prototypes[y] + rng.normal(size=(n, D)), y


def predict(W, x):
    z = x @ W
    z = np.exp(z - z.max(1, keepdims=True))
    return z / z.sum(1, keepdims=True)


def measure(W, x, y):
    p = predict(W, x)
    return -np.log(p[np.arange(len(y)), y]).mean(), 100 * (p.argmax(1) == y).mean()


(x, y), (x_val, y_val) = draw(2000), draw(2000)
W = np.zeros((D, K))
print("epoch   logged   training again   validation")
for epoch in (1, 2, 3, 4, 5):
    logged = []
    for i in range(0, len(x), 50):
        kept = rng.random((50, D)) < 0.5
        images, labels = x[i : i + 50] * kept / 0.5, y[i : i + 50]
        logged.append(measure(W, images, labels))
        W -= 0.05 * images.T @ (predict(W, images) - np.eye(K)[labels]) / 50
    figures = np.mean(logged, 0), measure(W, x, y), measure(W, x_val, y_val)
    print(epoch, *(f"   {loss:.2f} {accuracy:3.0f} %" for loss, accuracy in figures))
