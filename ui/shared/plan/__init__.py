"""Draw the plan until the interview: its form, what it reaches, and what is due today."""
