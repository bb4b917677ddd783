import numpy as np

x = np.array([-1.0, 1.0])
weights = np.array([3.0, -1.0])
print(np.mean([(w * x).var() for w in weights]))
print((weights.mean() * x).var())
