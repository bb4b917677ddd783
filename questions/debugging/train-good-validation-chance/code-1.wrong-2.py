def recompute(means, variances, sizes):
    """Gives a short batch as much weight as a full one."""
    k = len(means)
    mean = sum(means) / k
    squares = sum(v + m * m for m, v in zip(means, variances)) / k
    return mean, squares - mean * mean
