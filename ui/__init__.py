"""Hold what draws: the frame, the rooms of the pages, and the pieces that several of them share."""
