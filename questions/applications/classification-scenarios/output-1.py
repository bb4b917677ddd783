import numpy as np

logits = np.array([3.0, 3.0, -3.0])
softmax = np.exp(logits) / np.exp(logits).sum()
sigmoid = 1 / (1 + np.exp(-logits))
print((softmax > 0.5).sum(), (sigmoid > 0.5).sum())
