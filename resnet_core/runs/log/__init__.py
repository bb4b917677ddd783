"""Write the log of a run, check what is read of it, and compute the run's history from it."""
