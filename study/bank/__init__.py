"""Load, describe and search the questions."""
