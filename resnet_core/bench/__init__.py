"""Training speed, measured: the same net, batches and threads for every contender."""
