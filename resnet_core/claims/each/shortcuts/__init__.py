"""Define the claims about shortcuts: what they change, and what becomes of a net without them."""
