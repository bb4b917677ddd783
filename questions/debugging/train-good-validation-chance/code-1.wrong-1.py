def recompute(means, variances, sizes):
    """Leaves out how far the means of the batches are apart."""
    n = sum(sizes)
    mean = sum(size * m for m, size in zip(means, sizes)) / n
    return mean, sum(size * v for v, size in zip(variances, sizes)) / n
