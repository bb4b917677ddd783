"""Draw the home page: the first start and the day's plan."""
