"""The nets themselves, as Keras models."""
