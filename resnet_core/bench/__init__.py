"""Measure training speed: every contender trains the same net on the same batches and threads."""
