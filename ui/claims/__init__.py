"""Claims as pages show them: the receipt, the learner's own run, and the page of them all."""
