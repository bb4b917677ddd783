"""Draw the parts of the lab page."""
