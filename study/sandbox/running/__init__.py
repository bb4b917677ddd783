"""Run one snippet in a confined process, collect its output, and grade completed code.

This room imports `isolation/`, the limits and the imports of a snippet.
"""
