"""The drawing of a block: its words, and the skip that is a switch. It knows nothing of runs."""
