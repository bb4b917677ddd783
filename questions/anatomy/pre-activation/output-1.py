import numpy as np


def relu(v):
    return np.maximum(v, 0)


x, branch = np.array([-1.0, 2.0]), np.zeros(2)  # a branch that has learnt nothing
original = relu(x + branch)
pre_activation = x + branch
print(original, pre_activation)
