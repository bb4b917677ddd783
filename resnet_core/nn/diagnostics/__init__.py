"""Measure a net's gradients and activations. Nothing in this room draws."""
