import numpy as np


def merged(three, one):
    """Kernel of conv3(x) + conv1(x) + x. three: 3×3×C×C, one: 1×1×C×C."""
    return three
