"""Hold what several pages use: review log, question bank, plan, prose, warm pool."""
