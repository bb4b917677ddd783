"""Watch a run: its charts, where it stands, what can be asked of it, what it came to."""
