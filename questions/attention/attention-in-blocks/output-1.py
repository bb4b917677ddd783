import numpy as np

x = np.array([[4.0, -2.0, 1.0]])
gate = 1 / (1 + np.exp(-np.zeros((1, 3))))  # logits 0
print(gate)
print(x * gate)
