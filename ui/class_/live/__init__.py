"""A live demonstration: a teacher opens it, learners predict, everybody follows one run.

Its state is in the rows of the class, its run in the folder of the class, so sessions of other
replicas follow it as well where they share both.
"""
