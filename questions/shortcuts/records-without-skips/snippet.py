import numpy as np

WIDTH, STEPS, RATE = 64, 300, 1e-3


def final_loss(kind, depth):
    """Loss of `depth` ReLU layers and a linear one after 300 steps; target variance."""
    rng = np.random.default_rng(0)
    he = np.sqrt(2 / WIDTH)
    scale = he if kind == "plain" else he / np.sqrt(depth) / 2
    start = np.eye(WIDTH) if kind == "identity" else 0
    layers = [start + rng.normal(0, scale, (WIDTH, WIDTH)) for _ in range(depth)]
    layers.append(rng.normal(0, WIDTH**-0.5, (WIDTH, WIDTH)))
    first, second = ([np.zeros_like(w) for w in layers] for _ in range(2))
    inputs = np.abs(rng.normal(size=(1024, WIDTH)))
    targets = np.tanh(2 * (inputs - 0.8) @ rng.normal(0, 1 / 8, (WIDTH, WIDTH)))
    for step in range(1, STEPS + 1):
        rows = rng.integers(0, 1024, 64)
        states, masks = [inputs[rows]], []
        for w in layers[:-1]:
            branch = np.maximum(states[-1] @ w, 0)
            masks.append(branch > 0)
            states.append(branch + (states[-1] if kind == "residual" else 0))
        error = states[-1] @ layers[-1] - targets[rows]
        back, grads = 2 * error / error.size, [None] * (depth + 1)
        grads[depth], back = states[depth].T @ back, back @ layers[depth].T
        for i in range(depth - 1, -1, -1):
            through = back * masks[i]
            grads[i] = states[i].T @ through
            back = through @ layers[i].T + (back if kind == "residual" else 0)
        for w, m, v, g in zip(layers, first, second, grads):
            m += 0.1 * (g - m)
            v += 0.001 * (g**2 - v)
            w -= RATE * m / (1 - 0.9**step) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return (error**2).mean(), targets.var()


print("training loss after 300 steps")
for depth in (6, 30):
    for kind in ("plain", "identity", "residual"):
        loss, variance = final_loss(kind, depth)
        print(f"  {depth:2} layers, {kind:8}: {loss:.2f}")
print(f"variance of the targets: {variance:.2f}")
