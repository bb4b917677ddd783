"""Find, read and make the trained weights that ship, with the recipe, data and accuracy of each.

This room needs no TensorFlow. Each net has two files in `files/`: NAME.npz holds its arrays in the
order of `model.get_weights()`, with kernels in float16, and NAME.json holds all facts about them.
"""

from resnet_core.shipped.catalogue import FILES, Shipped, arrays, find, known

__all__ = ["FILES", "Shipped", "arrays", "find", "known"]
