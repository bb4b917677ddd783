import numpy as np

weights = np.array([-1.27, 0.004, 0.013, 0.3])
step = np.abs(weights).max() / 127
print(f"{step:.2f}")
print(np.round(weights / step).astype(int).tolist())
