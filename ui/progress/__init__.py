"""Draw the progress page."""
