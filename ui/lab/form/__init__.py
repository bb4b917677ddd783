"""The form of an experiment of one's own: what is compared, and every toggle with its line."""
