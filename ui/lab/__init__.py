"""The pieces of the lab page."""
