"""Draw a run: its charts, its state, its controls and its result."""
