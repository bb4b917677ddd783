"""Define one claim in each file: its `CLAIM`, and how it is measured if no other claim does so.

The files are sorted into rooms by the claim's topic, the same word as in questions/topics.toml.
"""
