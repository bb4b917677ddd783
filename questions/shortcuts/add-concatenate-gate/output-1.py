import numpy as np

x = np.zeros((1, 8, 8, 16))
f = np.zeros((1, 8, 8, 16))
print((x + f).shape[-1])
print(np.concatenate([x, f], axis=-1).shape[-1])
for _ in range(3):
    x = np.concatenate([x, f], axis=-1)
print(x.shape[-1])
