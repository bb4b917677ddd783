"""Define SGD with Nesterov momentum: v = m v - rate g; w = w + m v - rate g.

This is the form of Sutskever et al. 2013 (ICML, §2) as Keras and PyTorch have it: the gradient is
taken at the current weights, and the step looks ahead.
"""

from resnet_core.nn.training.optimizers import sgd


class Optimizer(sgd.Optimizer):
    """Look ahead along the velocity of SGD."""

    nesterov = True
    slots_are_steps = False
