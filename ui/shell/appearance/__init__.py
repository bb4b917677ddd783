"""Give every page the same style and heading, and show text from outside as plain text."""
