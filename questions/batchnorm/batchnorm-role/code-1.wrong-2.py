import numpy as np


def batch_norm(x, gamma, beta, mean, var, training, momentum=0.99, eps=1e-3):
    """Statistics over the batch alone: one pair for every position."""
    used_mean, used_var = mean, var
    if training:
        used_mean, used_var = x.mean(axis=0), x.var(axis=0)
        mean = momentum * mean + (1 - momentum) * used_mean
        var = momentum * var + (1 - momentum) * used_var
    y = gamma * (x - used_mean) / np.sqrt(used_var + eps) + beta
    return y, mean, var
