"""Draw the mock interview: its walk through the questions, its report and its words."""
