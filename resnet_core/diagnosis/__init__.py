"""Readings and verdicts of a run, in words. They measure nothing."""
