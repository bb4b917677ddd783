import numpy as np

BLOCKS, WIDTH = 54, 64  # as many blocks as ResNet-110 has
rng = np.random.default_rng(0)
pairs = [
    (
        rng.normal(0, np.sqrt(2 / WIDTH), (WIDTH, WIDTH)),
        rng.normal(0, 0.1 / np.sqrt(WIDTH), (WIDTH, WIDTH)),
    )
    for _ in range(BLOCKS)
]


def chain(x, scale, skip=True):
    """x_L and d(sum of x_L)/dx_0 for x -> scale * x + B relu(A x)."""
    steps = []
    for a, b in pairs:
        on = a @ x > 0
        steps.append(b @ (a * on[:, None]))  # the Jacobian of the branch
        x = steps[-1] @ x + (scale * x if skip else 0)
    g = top = np.ones(WIDTH)
    through_branches = np.zeros(WIDTH)
    for jacobian in reversed(steps):
        through_branches += g @ jacobian
        g = g @ jacobian + (scale * g if skip else 0)
    return x, g, top, through_branches


x0 = rng.normal(size=WIDTH)
x, g, top, through = chain(x0, 1.0)
print("dL/dx_0 = dL/dx_L + sum over branches:", np.allclose(g, top + through))

h = 1e-6
numeric = np.array(
    [
        (chain(x0 + h * e, 1.0)[0] - chain(x0 - h * e, 1.0)[0]).sum()
        for e in np.eye(WIDTH)
    ]
)
print("as by finite differences:", np.allclose(g, numeric / (2 * h), rtol=1e-4))

for scale in (0.9, 1.0, 1.1):
    grown = np.linalg.norm(chain(x0, scale)[1]) / np.linalg.norm(top)
    print(f"shortcuts times {scale}: gradient {grown:.2g} times")
grown = np.linalg.norm(chain(x0, 0.0, skip=False)[1]) / np.linalg.norm(top)
print("same branches without shortcuts, below 1e-30:", bool(grown < 1e-30))


def kept(bias):
    """What an exclusive gate leaves of the shortcut, over all blocks, at the start."""
    gate = 1 / (1 + np.exp(-bias))
    return (1 - gate) ** BLOCKS


print(f"kept_bias_0={kept(0.0):.1e}")
print(f"kept_bias_minus_6={kept(-6.0):.3f}")

# The identity guarantees nothing: a branch can cancel it.
print("gradient through x + (-1) x:", 1.0 + -1.0)
