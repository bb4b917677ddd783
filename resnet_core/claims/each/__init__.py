"""Define one claim in each file: its `CLAIM`, and how it is measured if no other claim does so."""
