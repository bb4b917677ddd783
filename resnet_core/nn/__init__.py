"""Hold everything that imports TensorFlow."""
