"""Check the question bank for `python -m study check`, and name the file and line of each fault."""
