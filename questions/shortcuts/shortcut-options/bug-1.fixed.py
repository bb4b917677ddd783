import numpy as np


def option_a(x, channels, stride):
    """batch × height × width × channels; no parameters."""
    x = x[:, ::stride, ::stride]
    missing = channels - x.shape[-1]
    return np.pad(x, ((0, 0), (0, 0), (0, 0), (0, missing)))


x = np.arange(128.0).reshape(1, 8, 8, 2)
short = option_a(x, 4, 2)
kept = np.array_equal(short[0, 3, 3, :2], x[0, 6, 6])
print(f"shape {short.shape}, corners kept: {kept}")
