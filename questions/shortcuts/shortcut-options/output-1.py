import numpy as np

x = np.arange(16.0).reshape(4, 4, 1)  # height × width × channels
short = x[::2, ::2]
short = np.pad(short, ((0, 0), (0, 0), (0, 1)))
print(short.shape, short[:, :, 0].tolist(), short[:, :, 1].sum())
