"""Draw why skips help: measure the nets of a run, and draw what the diagnostics found."""
