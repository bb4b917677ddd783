"""Keep the variants of one kind by name, so that a new one is one new file."""
