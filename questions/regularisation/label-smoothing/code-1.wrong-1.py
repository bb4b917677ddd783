import numpy as np


def smoothed_loss(logits, labels, smoothing):
    """Not protected against large logits."""
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    hard = log_p[np.arange(len(labels)), labels]
    return -((1 - smoothing) * hard + smoothing * log_p.mean(axis=1)).mean()
