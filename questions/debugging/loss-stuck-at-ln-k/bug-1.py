import numpy as np


def softmax(z):
    z = np.exp(z - z.max(1, keepdims=True))
    return z / z.sum(1, keepdims=True)


def cross_entropy(logits, labels):
    p = softmax(logits)
    return -np.log(p[np.arange(len(labels)), labels]).mean()


labels = np.arange(10)
logits = 20.0 * np.eye(10)  # every image right, with certainty
loss = cross_entropy(softmax(logits), labels)
print("a perfect prediction costs nothing:", bool(loss < 0.01))
