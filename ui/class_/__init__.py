"""Draw the page of a class: assignments, activity and common mistakes.

A learner sees only their own part.

It is drawn only on a server with a login.
"""
