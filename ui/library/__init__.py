"""Draw the runs as a library: the shelf with its search, runs compared, and the bin."""
