import numpy as np


def recalibrated(batches, kernel):
    """The mean of the batches' variances: what lies between batches is lost."""
    outputs = [batch @ kernel for batch in batches]
    return (
        np.mean([z.mean(axis=0) for z in outputs], axis=0),
        np.mean([z.var(axis=0) for z in outputs], axis=0),
    )
