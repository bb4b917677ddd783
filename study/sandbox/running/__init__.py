"""Runs one snippet in a confined process, collects what it puts out, and grades completed code.

Imports `isolation/`, the limits and the imports of a snippet.
"""
