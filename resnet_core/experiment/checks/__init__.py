"""Check the values of an experiment one by one, and refuse combinations that make no sense."""
