import numpy as np

micro_batches = [np.array([1.0]), np.array([3.0]), np.array([5.0]), np.array([7.0])]
k, total, updates = 2, np.zeros(1), []

for i, gradient in enumerate(micro_batches):
    total = total + gradient
    if (i + 1) % k == 0:
        updates.append(total / k)

# the mean of the third and the fourth gradient is 6
print("the second update uses its own batches:", updates[1][0] == 6.0)
