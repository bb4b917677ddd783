"""QUESTION-ID: TODO, what this shows."""

print("weights:", 2 * (3 * 3 * 16 * 16) + 2 * 2 * 16 * 2)
