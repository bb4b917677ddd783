"""Draw the form of a learner's own experiment: what is compared, and every toggle."""
