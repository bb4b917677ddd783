"""Draw the list of questions: its filters, its order, and the learner's standing in each."""
