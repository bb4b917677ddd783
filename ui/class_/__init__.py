"""The page of a class: assignments, who did what, what goes wrong; a learner sees their own part.

It is drawn only on a server with a login.
"""
