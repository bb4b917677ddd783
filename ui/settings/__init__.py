"""Draw the settings page."""
