"""Draw claims: the receipt, the learner's own run, and the page of them all."""
