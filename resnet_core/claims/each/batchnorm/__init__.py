"""Define the claims about batch normalisation, and about nets that do without it."""
