"""Hold what several pages use: the review log, the question bank, prose, the warm pool."""
