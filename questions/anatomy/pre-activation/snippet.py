import numpy as np

ROWS, WIDTH, BLOCKS = 512, 64, 48
rng = np.random.default_rng(0)
he = lambda: rng.normal(0, np.sqrt(2 / WIDTH), (WIDTH, WIDTH))
weights = [(he(), he()) for _ in range(BLOCKS)]
relu = lambda v: np.maximum(v, 0)


def norm(v):
    """BatchNorm in training mode, gamma 1 and beta 0."""
    return (v - v.mean(0)) / np.sqrt(v.var(0) + 1e-5)


def pre(x, w1, w2):
    branch = relu(norm(relu(norm(x)) @ w1)) @ w2
    return x + branch, branch


def post(x, w1, w2):
    branch = norm(relu(norm(x @ w1)) @ w2)
    return relu(x + branch), branch


def relu_before_add(x, w1, w2):
    branch = relu(norm(relu(norm(x @ w1)) @ w2))
    return x + branch, branch


def walk(block):
    """The trunk after every block, and the sum of all branches."""
    x = rng.normal(size=(ROWS, WIDTH))
    trunk, total = [x], np.zeros_like(x)
    for w1, w2 in weights:
        x, branch = block(x, w1, w2)
        trunk.append(x)
        total += branch
    return trunk, total


for block in (pre, post, relu_before_add):
    trunk, total = walk(block)
    exact = np.allclose(trunk[-1], trunk[0] + total)
    falls = np.mean([np.mean(b < a) for a, b in zip(trunk, trunk[1:])])
    print(f"{block.__name__}:")
    print("  output = input + sum of branches:", exact)
    print("  entries that fall in a block, under 1 %:", bool(falls < 0.01))

trunk, _ = walk(pre)
for blocks in (1, 8, 48):
    print(f"rms_after_{blocks}={np.sqrt(np.mean(trunk[blocks] ** 2)):.1f}")
print(f"after the last norm: {norm(trunk[-1]).std():.1f}")

zero = [(w1, 0 * w2) for w1, w2 in weights]
x = rng.normal(size=(ROWS, WIDTH))
print("branch zero, pre keeps x:", np.array_equal(pre(x, *zero[0])[0], x))
print("branch zero, post keeps x:", np.array_equal(post(x, *zero[0])[0], x))
