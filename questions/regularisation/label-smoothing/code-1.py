import numpy as np


def smoothed_loss(logits, labels, smoothing):
    """Mean cross-entropy against smoothed labels. logits: rows × classes."""
    return 0.0
