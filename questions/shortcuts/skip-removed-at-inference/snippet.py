import numpy as np

CHANNELS, SIDE = 16, 8
rng = np.random.default_rng(0)


def conv(x, kernel):
    """A convolution with zero padding; kernel: height, width, in, out."""
    pad = kernel.shape[0] // 2
    padded = np.pad(x, ((pad, pad), (pad, pad), (0, 0)))
    shifts = np.ndindex(*kernel.shape[:2])
    return sum(padded[i : i + SIDE, j : j + SIDE] @ kernel[i, j] for i, j in shifts)


def batch_norm(x, bn):
    gamma, beta, mean, var = bn
    return (x - mean) / np.sqrt(var + 1e-5) * gamma + beta


def folded(kernel, bn):
    """Kernel and bias of a convolution that does what kernel and BatchNorm do."""
    gamma, beta, mean, var = bn
    scale = gamma / np.sqrt(var + 1e-5)
    return kernel * scale, beta - mean * scale


def some_bn():
    """Statistics and coefficients as a trained layer has them."""
    return rng.normal(1, 0.3, (4, CHANNELS)) ** 2


x = rng.normal(size=(SIDE, SIDE, CHANNELS))
three = rng.normal(0, 0.1, (3, 3, CHANNELS, CHANNELS))
one = rng.normal(0, 0.2, (1, 1, CHANNELS, CHANNELS))
same = np.eye(CHANNELS)[None, None]
bns = [some_bn() for _ in range(3)]

branches = [batch_norm(conv(x, k), bn) for k, bn in zip((three, one, same), bns)]
kernel, bias = np.zeros_like(three), np.zeros(CHANNELS)
for k, bn in zip((three, one, same), bns):
    k, b = folded(k, bn)
    kernel += np.pad(k, [((3 - len(k)) // 2,) * 2] * 2 + [(0, 0)] * 2)
    bias += b
merged = conv(x, kernel) + bias
error = np.abs(sum(branches) - merged).max()
print("three branches and one 3x3 agree:", bool(error < 1e-12))
trained = three.size + one.size + 3 * 2 * CHANNELS
print(f"parameters {trained} to {kernel.size + bias.size}")


def bent(f):
    """How far f is from affine: f(x) + f(-x) would be 2 f(0)."""
    return np.abs(f(x) + f(-x) - 2 * f(np.zeros_like(x))).max()


def relu_inside(x):
    return x + np.maximum(conv(x, three), 0)


def basic_block(x):
    return x + conv(np.maximum(conv(x, three), 0), three)


print("merged block is affine:", bool(bent(lambda x: conv(x, kernel) + bias) < 1e-12))
print("ReLU in the branch is affine:", bool(bent(relu_inside) < 1e-12))
print("ResNet's basic block is affine:", bool(bent(basic_block) < 1e-12))
