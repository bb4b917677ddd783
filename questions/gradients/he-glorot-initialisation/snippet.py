import numpy as np

LAYERS, WIDTH, ROWS = 30, 256, 256
relu = lambda v: np.maximum(v, 0)


def net(rule, rng):
    """Square ReLU layers; with equal fans He is 2/n and Glorot 1/n."""
    gain = {"he": 2, "glorot": 1}[rule]
    return [rng.normal(0, np.sqrt(gain / WIDTH), (WIDTH, WIDTH)) for _ in range(LAYERS)]


def forward_and_back(weights, x):
    """Root mean square of the last activation, and of dL/dx for a random dL/dy."""
    masks = []
    for w in weights:
        x = relu(x @ w)
        masks.append(x > 0)
    g = np.random.default_rng(9).normal(size=x.shape)
    for w, mask in zip(weights[::-1], masks[::-1]):
        g = (g * mask) @ w.T
    return np.sqrt(np.mean(x**2)), np.sqrt(np.mean(g**2))


for rule in ("he", "glorot"):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(ROWS, WIDTH))
    down = [rms ** (1 / LAYERS) for rms in forward_and_back(net(rule, rng), x)]
    print(f"{rule}_forward_per_layer={down[0]:.2f}")
    print(f"{rule}_backward_per_layer={down[1]:.2f}")
print(f"theory for glorot: {np.sqrt(0.5):.2f}")


def with_norm(weights, x, eps=1e-12):
    """Every layer followed by BatchNorm; the last output."""
    for w in weights:
        z = x @ w
        x = relu((z - z.mean(0)) / np.sqrt(z.var(0) + eps))
    return x


rng = np.random.default_rng(0)
weights, x = net("he", rng), rng.normal(size=(ROWS, WIDTH))
smaller = [w / np.sqrt(2) for w in weights]  # the same draw by Glorot's rule
same = np.allclose(with_norm(weights, x), with_norm(smaller, x))
print("with BatchNorm the scale of the weights makes no difference:", bool(same))


def fans(shape):
    """Of a kernel k × k × in × out, or of a dense matrix in × out."""
    field = int(np.prod(shape[:-2]))
    return field * shape[-2], field * shape[-1]


def he_std(shape):
    return np.sqrt(2 / fans(shape)[0])


print("fans of 3x3, 64 to 64:", fans((3, 3, 64, 64)))
print(f"he_std_3x3_64={he_std((3, 3, 64, 64)):.4f}")
print(f"he_std_3x3_32={he_std((3, 3, 32, 64)):.4f}")

# A depthwise kernel k × k × channels × 1 reads one channel, so its fan-in is k * k.
rule_of_shape, true = he_std((3, 3, 64, 1)), np.sqrt(2 / 9)
print(f"depthwise_too_small_by={true / rule_of_shape:.0f}")

uniform = np.random.default_rng(0).uniform(-1, 1, 100_000)
print(f"variance of uniform(-1, 1): {uniform.var():.2f}")
