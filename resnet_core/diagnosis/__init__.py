"""Put the events of a run into words. Nothing in this room measures."""
