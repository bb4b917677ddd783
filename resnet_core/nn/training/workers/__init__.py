"""Run the processes that train: one worker for a machine, or one for a seat of a cluster."""
