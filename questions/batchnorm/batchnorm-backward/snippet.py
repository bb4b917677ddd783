import numpy as np

rng = np.random.default_rng(0)
AXES, EPS = (0, 1, 2), 1e-5  # one channel: batch, height, width


def forward(x, gamma, beta):
    sigma = np.sqrt(x.var(AXES) + EPS)
    xhat = (x - x.mean(AXES)) / sigma
    return gamma * xhat + beta, xhat, sigma


def backward(g, xhat, sigma, gamma):
    """The three terms: direct, through the mean, through the variance."""
    mean_g, mean_gx = g.mean(AXES), (g * xhat).mean(AXES)
    dx = gamma / sigma * (g - mean_g - xhat * mean_gx)
    return dx, (g * xhat).sum(AXES), g.sum(AXES)


def numeric(f, at, h=1e-5):
    """Central differences, one entry after the other."""
    out = np.empty_like(at)
    for i in np.ndindex(at.shape):
        step = np.zeros_like(at)
        step[i] = h
        out[i] = (f(at + step) - f(at - step)) / (2 * h)
    return out


def far(a, b):
    return np.abs(a - b).max() / np.abs(b).max()


x = rng.normal(3, 2, (4, 3, 3, 2))
g = rng.normal(size=x.shape)  # the gradient that arrives from above
gamma, beta = np.array([1.5, 0.7]), np.array([0.2, -1.0])
_, xhat, sigma = forward(x, gamma, beta)
dx, dgamma, dbeta = backward(g, xhat, sigma, gamma)


def loss(x, gamma, beta):
    return np.sum(g * forward(x, gamma, beta)[0])


print("dx by formula:", far(dx, numeric(lambda v: loss(v, gamma, beta), x)) < 1e-6)
same = far(dgamma, numeric(lambda v: loss(x, v, beta), gamma)) < 1e-6
print("dgamma and dbeta:", same, far(dbeta, numeric(
    lambda v: loss(x, gamma, v), beta)) < 1e-6)
print("dx sums to zero:", np.allclose(dx.sum(AXES), 0, atol=1e-12))
lost = np.abs((dx * xhat).sum(AXES)) / np.linalg.norm(dx.reshape(-1, 2), axis=0)
print("dx orthogonal to xhat, but for epsilon:", bool(np.all(lost < 1e-4)))
constants = gamma / sigma * g  # mean and variance taken as constants
print("statistics as constants, same dx:", far(constants, dx) < 1e-6)

# One layer up: y = BatchNorm(u W), and W multiplied by 4.
u, W = rng.normal(size=(256, 20)), rng.normal(size=(20, 1))
above = rng.normal(size=(256, 1, 1, 1))


def weight_gradient(W):
    z = (u @ W).reshape(256, 1, 1, 1)
    _, zhat, s = forward(z, 1.0, 0.0)
    return u.T @ backward(above, zhat, s, 1.0)[0].reshape(256, 1)


dW = weight_gradient(W)
ratio = np.linalg.norm(weight_gradient(4 * W)) / np.linalg.norm(dW)
print(f"gradient_with_weights_times_four={ratio:.4f}")
cosine = (dW * W).sum() / np.linalg.norm(dW) / np.linalg.norm(W)
print("gradient orthogonal to W:", bool(abs(cosine) < 1e-4))

# Why it explodes all the same: sigma after a wide ReLU layer with He weights.
h = np.maximum(rng.normal(size=(500, 2000)), 0)
z = h @ rng.normal(0, np.sqrt(2 / 2000), (2000, 500))
print(f"one_over_sigma={np.mean(1 / z.std(0)):.2f}")
print(f"theory={np.sqrt(np.pi / (np.pi - 1)):.2f}")
