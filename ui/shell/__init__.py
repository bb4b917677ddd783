"""Draw the frame of every page: navigation, access, preferences, languages, style."""
