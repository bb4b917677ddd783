"""`python -m study check`: what is wrong in the question bank, with file and line."""
