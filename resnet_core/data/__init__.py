"""CIFAR-10 and CIFAR-100: get, verify, parse, cache, batch; and a synthetic set of NumPy."""
