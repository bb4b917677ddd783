import numpy as np


def loss(z, y):
    z = z - z.max(1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(1, keepdims=True))
    picked = log_p[np.arange(len(y)), y]
    return -picked.mean()


logits = np.float32([[0, 800], [3, 0]])
labels = np.array([0, 0])
print("finite:", bool(np.isfinite(loss(logits, labels))))
