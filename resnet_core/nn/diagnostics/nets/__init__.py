"""Prepare the net that a diagnostic measures: as trained, cut into blocks, or in float64."""
