"""Define the claims about training a net that was trained before."""
