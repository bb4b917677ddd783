"""The optimizers: each file defines one as `Optimizer`, and is called as the optimizer is."""
