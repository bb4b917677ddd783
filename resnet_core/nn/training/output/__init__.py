"""Write what a run leaves behind: its log, its checkpoints, and its numbers for TensorBoard."""
