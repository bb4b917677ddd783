"""Find how this machine can isolate a snippet, and start, measure and end confined processes.

This room imports the limits and the code that runs inside, and nothing of `running/`.
"""
