import numpy as np

kernel = np.array([1, -1, 2])
kernel[1] += 3
kernel[1] += 1
print(kernel)
print(np.correlate([1, 2, 3], kernel, "same"))
