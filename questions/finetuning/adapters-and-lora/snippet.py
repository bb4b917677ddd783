import numpy as np

rng = np.random.default_rng(0)
wide, rank, rows = 64, 4, 256
base = rng.normal(0, wide**-0.5, (wide, wide))
shift = rng.normal(size=(wide, 2)) @ rng.normal(size=(2, wide)) / wide
x = rng.normal(size=(rows, wide))
target = x @ (base + shift)  # the new task differs by a matrix of rank 2


def run(first, second, steps=400, rate=0.05):
    """Gradient descent on x(W + AB) with W frozen; losses and first gradients."""
    a, b = first.copy(), second.copy()
    losses, norms = [], None
    for _ in range(steps):
        error = x @ (base + a @ b) - target
        losses.append((error**2).mean())
        back = x.T @ error * 2 / rows
        grad_a, grad_b = back @ b.T, a.T @ back
        if norms is None:
            norms = np.linalg.norm(grad_a), np.linalg.norm(grad_b)
        a, b = a - rate * grad_a, b - rate * grad_b
    return losses, norms, a, b


random = rng.normal(0, wide**-0.5, (wide, rank))
zero_a, zero_b = np.zeros((wide, rank)), np.zeros((rank, wide))
for name, a, b in ("B zero", random, zero_b), ("both zero", zero_a, zero_b):
    losses, (norm_a, norm_b), a, b = run(a, b)
    print(f"{name}: gradient of A {norm_a:.1f}, of B {norm_b:.1f}")
    print(f"  loss {losses[0]:.3f} to {losses[-1]:.3f}")
    if name == "B zero":
        same = np.allclose(x @ base + x @ a @ b, x @ (base + a @ b))
        print(f"  merged into the base weight: {same}")

bent = x @ base + np.maximum(x @ random, 0) @ rng.normal(size=(rank, wide))
fitted = np.linalg.lstsq(x, bent, rcond=None)[0]
gap = np.abs(x @ fitted - bent).max()
print("a branch with a ReLU merges:", bool(gap < 1e-6))
print(f"weights {wide * wide} frozen, {rank * (wide + wide)} trained")
