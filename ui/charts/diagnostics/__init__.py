"""Draw what the diagnostics measured after training."""
