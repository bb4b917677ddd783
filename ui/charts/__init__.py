"""Draw live charts as Vega-Lite: the specification stays the same while only data grows."""
