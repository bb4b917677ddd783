"""Draw the quiz: cards, answers, feedback, mock interviews."""
