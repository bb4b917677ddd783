"""Hold the bank to its rules: one file a rule, or a family of rules."""
