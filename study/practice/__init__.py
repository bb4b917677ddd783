"""What a learner answers: grading, drills, mock interviews. Pure."""
