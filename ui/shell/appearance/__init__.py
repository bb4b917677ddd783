"""Give every page one look: its style, its heading, and text from outside shown as text."""
