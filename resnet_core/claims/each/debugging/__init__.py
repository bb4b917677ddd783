"""Define the claims about mistakes that a training curve shows."""
