import numpy as np


def smoothed_loss(logits, labels, smoothing):
    """Gives the whole smoothing to the wrong classes: the right one gets none."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    hard = log_p[np.arange(len(labels)), labels]
    others = (log_p.sum(axis=1) - hard) / (logits.shape[1] - 1)
    return -((1 - smoothing) * hard + smoothing * others).mean()
