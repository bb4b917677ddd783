import numpy as np

scores = np.array([[0.7, 0.2, 0.1], [0.1, 0.3, 0.6]])
labels = np.array([2, 0])  # both guesses are wrong
for k in (1, 5):
    best = np.argsort(-scores, axis=1)[:, :k]
    hits = [label in row for label, row in zip(labels, best)]
    print(f"top-{k}", float(np.mean(hits)))
