"""Define the claims about weights and multiply-adds, which follow by counting."""
