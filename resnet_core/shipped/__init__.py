"""Trained weights that ship, with the recipe, data and accuracy of each: found, read, made anew.

Needs no TensorFlow. Each net has two files in `files/`: NAME.npz holds its arrays in the order of
`model.get_weights()`, kernels in float16; NAME.json holds everything that is said of them.
"""

from resnet_core.shipped.catalogue import FILES, Shipped, arrays, find, known

__all__ = ["FILES", "Shipped", "arrays", "find", "known"]
