"""The quiz: cards, answers, feedback, mock interviews."""
