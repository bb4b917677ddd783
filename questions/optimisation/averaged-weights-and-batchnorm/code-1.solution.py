import numpy as np


def recalibrated(batches, kernel):
    """Mean and variance of x @ kernel over all rows of all batches, any sizes."""
    rows = sum(len(batch) for batch in batches)
    mean = sum((batch @ kernel).sum(axis=0) for batch in batches) / rows
    spread = sum(((batch @ kernel - mean) ** 2).sum(axis=0) for batch in batches)
    return mean, spread / rows
