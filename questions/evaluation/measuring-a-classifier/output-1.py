import numpy as np

true = np.array([0] * 8 + [1] * 2)
said = np.array([0] * 8 + [1, 0])
hits = [np.mean(said[true == c] == c) for c in (0, 1)]
print(np.mean(said == true), np.mean(hits))
