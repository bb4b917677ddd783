import numpy as np

WIDTH, ROWS, BLOCKS = 48, 192, 50
relu = lambda v: np.maximum(v, 0)


def he(rng):
    return rng.normal(0, np.sqrt(2 / WIDTH), (WIDTH, WIDTH))


def norm(v):
    return (v - v.mean(0)) / np.sqrt(v.var(0) + 1e-5)


BRANCHES = {
    "he": lambda x, a, b: relu(relu(x) @ a) @ b,
    "scaled": lambda x, a, b: relu(relu(x) @ a) @ b / np.sqrt(BLOCKS),
    "batchnorm": lambda x, a, b: norm(relu(norm(relu(x) @ a)) @ b),
    "fixup": lambda x, a, b: relu(relu(x) @ (BLOCKS**-0.5 * a)) @ (0 * b),
}


def trunk(branch):
    """Mean square of the trunk after every block."""
    rng = np.random.default_rng(0)
    x, found = rng.normal(size=(ROWS, WIDTH)), []
    for _ in range(BLOCKS):
        x = x + branch(x, he(rng), he(rng))
        found.append(np.mean(x**2))
    return found


for name, branch in BRANCHES.items():
    found = trunk(branch)
    after = " ".join(f"{found[i]:.2g}" for i in (0, 9, 49))
    print(f"{name:10s} after 1, 10, 50 blocks: {after}")
print(f"(1 + 1/L)^L for L = 50: {(1 + 1 / BLOCKS) ** BLOCKS:.2f}")
print(f"fixup_16_blocks_of_3={16 ** (-1 / (2 * 3 - 2)):.2f}")

# One block y = x + alpha * relu(x W1) W2, loss half the mean square of y - target.
rng = np.random.default_rng(1)
x, target = rng.normal(size=(ROWS, WIDTH)), rng.normal(size=(ROWS, WIDTH))


def gradients(alpha, w1, w2):
    inner = relu(x @ w1)
    g = (x + alpha * inner @ w2 - target) / ROWS
    below = alpha * (g @ w2.T) * (inner > 0)
    return np.sum(g * (inner @ w2)), x.T @ below, alpha * inner.T @ g


def shown(name, alpha, w1, w2):
    print(f"{name}: gradient of alpha, W1, W2 not zero:",
          *(bool(np.any(g != 0)) for g in gradients(alpha, w1, w2)))


w1, w2 = he(rng), he(rng)
shown("alpha 0", 0.0, w1, w2)
step = gradients(0.0, w1, w2)
shown("  one step later", -0.1 * step[0], w1 - 0.1 * step[1], w2 - 0.1 * step[2])
shown("last layer 0", 1.0, w1, 0 * w2)
shown("both 0", 0.0, w1, 0 * w2)
