"""The list of questions: how it is filtered and sorted, and where the learner stands in each."""
