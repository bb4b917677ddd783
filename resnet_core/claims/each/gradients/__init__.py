"""Define the claims about gradients: their size, their noise and the start that sets them."""
