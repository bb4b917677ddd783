"""Draw claims: the recorded result, the learner's own run, and the page of all claims."""
