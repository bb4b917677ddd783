import numpy as np

stem = np.zeros((64, 3, 7, 5))  # PyTorch: (out, in, height, width)
print(stem.transpose(2, 3, 1, 0).shape)
