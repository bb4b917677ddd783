import numpy as np

RNG = np.random.default_rng(0)
KERNEL = RNG.normal(size=(3, 2))
BATCHES = [RNG.normal(i, 1, (8, 3)) for i in range(3)]


def both(pair):
    return [np.round(part, 8).tolist() for part in pair]


def case_one_batch(m):
    return both(m.recalibrated(BATCHES[:1], KERNEL))


def case_shifted_batches(m):
    return both(m.recalibrated(BATCHES, KERNEL))


def case_short_last_batch(m):
    return both(m.recalibrated([BATCHES[0], BATCHES[1][:2]], KERNEL))


def case_order(m):
    return both(m.recalibrated(BATCHES[::-1], KERNEL))
