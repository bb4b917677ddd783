"""Hold what the sandbox shows to a snippet. It runs as a folder and knows nothing else."""
