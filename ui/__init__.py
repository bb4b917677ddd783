"""Hold the code that draws: the frame, the rooms of the pages, and what several of them share."""
