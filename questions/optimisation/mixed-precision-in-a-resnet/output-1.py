import numpy as np

half = np.float16
print(half(1) - half(1e-4), half(1e-8), half(300) * half(300))
