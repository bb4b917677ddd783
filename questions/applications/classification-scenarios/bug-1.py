import numpy as np

rng = np.random.default_rng(0)
patient = np.repeat(np.arange(60), 5)  # five images of each
images = np.arange(len(patient))

order = rng.permutation(images)
test, train = order[:60], order[60:]

both = np.intersect1d(patient[train], patient[test])
print("images in both parts:", len(np.intersect1d(train, test)))
print("no patient in both parts:", len(both) == 0)
