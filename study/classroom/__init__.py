"""Hold a class on one server: its people, their rights, assignments, and common mistakes.

Without a class nothing in this room is imported.
"""
