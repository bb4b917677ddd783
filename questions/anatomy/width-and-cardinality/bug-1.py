import numpy as np


def grouped(x, kernels):
    """A grouped 1x1 layer. kernels: groups, channels in, channels out."""
    size = kernels.shape[1]
    outputs = []
    for group, kernel in enumerate(kernels):
        part = x[:, :size]
        outputs.append(part @ kernel)
    return np.concatenate(outputs, axis=1)


x = np.array([[1.0, 2.0, 30.0, 40.0]])
out = grouped(x, np.stack([np.eye(2), np.eye(2)]))
print("two groups of identities return x:", bool((out == x).all()))
