import numpy as np

rng = np.random.default_rng(0)
patient = np.repeat(np.arange(60), 5)  # five images of each
images = np.arange(len(patient))

order = rng.permutation(60)
held_out = np.isin(patient, order[:12])
test, train = images[held_out], images[~held_out]

both = np.intersect1d(patient[train], patient[test])
print("images in both parts:", len(np.intersect1d(train, test)))
print("no patient in both parts:", len(both) == 0)
