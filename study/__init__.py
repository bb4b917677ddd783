"""Hold the learner's side: questions, quiz, schedule, progress, and the snippet sandbox."""
