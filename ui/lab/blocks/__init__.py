"""Draw a block: its words, and the skip as a switch. This room knows nothing of runs."""
