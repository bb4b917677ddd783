import numpy as np  # two weights whose gradients differ by a factor of 100

rng = np.random.default_rng(0)
size = np.array([0.1, 10.0])
w, m, v = np.ones(2), np.zeros(2), np.zeros(2)
rate, decay = 0.001, 0.1

for t in range(1, 2001):
    g = size * rng.choice([-1, 1])
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    step = m_hat / (np.sqrt(v_hat) + 1e-8)
    w = w - rate * (step + decay * w)

print("both weights decay alike:", bool(abs(w[0] - w[1]) < 0.01))
