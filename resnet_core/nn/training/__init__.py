"""Train arms in lock-step, in a worker process."""
