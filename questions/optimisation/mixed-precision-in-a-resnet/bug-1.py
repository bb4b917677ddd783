import numpy as np

weight = np.float16(1.0)
for step in range(1000):
    update = np.float16(1e-4)
    weight = weight - update

print("the weight has moved:", bool(weight < 0.95))
