"""Draw the list of questions: how it is filtered and sorted, and how the learner stands in each."""
