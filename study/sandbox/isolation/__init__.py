"""Tries how this machine can isolate a snippet, and starts, measures and ends confined processes.

Imports the limits and what runs inside, and nothing of `running/`.
"""
