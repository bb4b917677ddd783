"""A class on one server: who is in it, what each may do, what is assigned, what it gets wrong.

Alone on a laptop nothing of this is imported.
"""
