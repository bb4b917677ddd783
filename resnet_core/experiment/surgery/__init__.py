"""Describe surgery on the nets of a living run: what is cut, on which nets, and what is planned."""
