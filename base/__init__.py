"""Provide what every other room needs: messages for people, folders, files and the version.

This room imports no other room of the project.
"""
