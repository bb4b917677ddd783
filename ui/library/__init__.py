"""The runs as a library: the shelf with its search, runs compared, the bin."""
