"""Define the claims about the gap between training and test data."""
