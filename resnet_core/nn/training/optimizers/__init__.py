"""Define the optimizers; each file holds a class `Optimizer` and has the optimizer's name."""
