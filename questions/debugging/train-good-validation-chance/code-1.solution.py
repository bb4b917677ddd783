def recompute(means, variances, sizes):
    """Return mean and variance over all images; a variance divides by their number."""
    n = sum(sizes)
    mean = sum(size * m for m, size in zip(means, sizes)) / n
    squares = sum(
        size * (v + m * m) for m, v, size in zip(means, variances, sizes)
    ) / n
    return mean, squares - mean * mean
