import numpy as np

kernel = np.arange(24.0).reshape(2, 3, 2, 2)  # PyTorch: (out, in, height, width)
ported = kernel.transpose(2, 3, 1, 0)  # Keras: (height, width, in, out)

# the weight of output 1 for input 2, at row 0, column 1
print("the same weight:", ported[0, 1, 2, 1] == kernel[1, 2, 0, 1])
