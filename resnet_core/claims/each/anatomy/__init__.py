"""Define the claims about how a net is built: its stages and the order inside a block."""
