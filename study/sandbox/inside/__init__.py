"""What the sandbox shows to a snippet's process: run as a folder, knows nothing of the rest."""
