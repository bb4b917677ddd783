import numpy as np


def shortcut(x, channels, stride=1):
    """Forget the stride."""
    missing = channels - x.shape[-1]
    return np.pad(x, ((0, 0), (0, 0), (0, 0), (0, missing)))
