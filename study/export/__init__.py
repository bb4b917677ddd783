"""Write what leaves the app: the review log, and the bank as an Anki deck."""
