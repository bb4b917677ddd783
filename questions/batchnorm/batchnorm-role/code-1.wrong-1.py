import numpy as np


def batch_norm(x, gamma, beta, mean, var, training, momentum=0.99, eps=1e-3):
    """PyTorch's momentum: the share taken in, not the share kept."""
    used_mean, used_var = mean, var
    if training:
        used_mean, used_var = x.mean(axis=(0, 1, 2)), x.var(axis=(0, 1, 2))
        mean = (1 - momentum) * mean + momentum * used_mean
        var = (1 - momentum) * var + momentum * used_var
    y = gamma * (x - used_mean) / np.sqrt(used_var + eps) + beta
    return y, mean, var
