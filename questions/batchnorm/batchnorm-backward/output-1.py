import numpy as np

x = np.array([0.0, 0.0, 4.0, 4.0])
g = np.array([1.0, 2.0, 3.0, 4.0])  # dL/dy of y = gamma * xhat + beta
gamma, sigma = 2.0, x.std()
xhat = (x - x.mean()) / sigma
dx = gamma / sigma * (g - g.mean() - xhat * (g * xhat).mean())
print(g.sum(), (g * xhat).sum(), dx.sum())
