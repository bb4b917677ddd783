"""Arms trained in lock-step, and the worker process that runs them."""
