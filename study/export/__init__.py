"""Export the review log, and the bank as an Anki deck."""
