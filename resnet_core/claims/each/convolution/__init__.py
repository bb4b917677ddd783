"""Define the claims about kinds of convolution."""
