"""Draw the fine-tuning corner of the lab: what can be compared, and what a run came to."""
