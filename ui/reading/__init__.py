"""Draw the list of questions and the page of one question."""
