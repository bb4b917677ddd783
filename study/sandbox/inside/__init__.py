"""Hold the code that runs inside the sandbox. It runs as a folder and imports nothing else."""
