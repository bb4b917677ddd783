"""Check the bank against its rules; each file holds a rule or a family of rules."""
