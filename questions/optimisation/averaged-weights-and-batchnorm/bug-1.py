import numpy as np


def averaged(values, decay):
    """Exponential moving average of the values, started from the first."""
    average = values[0]
    for value in values[1:]:
        average = (1 - decay) * average + decay * value
    return average


noisy = np.random.default_rng(0).normal(5, 1, 2000)
gap = abs(averaged(noisy, decay=0.99) - 5)
print("the average is within 0.3 of the mean:", bool(gap < 0.3))
