"""Hold what a learner answers: grading, drills, mock interviews. All of it is pure."""
