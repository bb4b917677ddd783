import numpy as np


def norm(x):
    return (x - x.mean(-1, keepdims=True)) / x.std(-1, keepdims=True)


def block(x, attention, mlp):
    """A pre-LN block: each branch reads a normalised copy of the stream."""
    x = x + attention(norm(x))
    return x + mlp(norm(x))


x = np.random.default_rng(0).normal(2, 3, (4, 8))
silent = block(x, attention=np.zeros_like, mlp=np.zeros_like)
print("silent branches leave the stream as it is:", bool(np.allclose(silent, x)))
