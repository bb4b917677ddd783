"""Define the claims about attention inside blocks."""
