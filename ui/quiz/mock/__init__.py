"""Draw the mock interview: its questions, its report and its words."""
