"""Build the nets as Keras models."""
