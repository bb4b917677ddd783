"""Measurements of a net's gradients and activations. They draw nothing."""
