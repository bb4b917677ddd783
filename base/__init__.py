"""Hold what every floor needs: messages for people, folders, files, the version.

Imports nothing of ours.
"""
