"""One file a claim: its `CLAIM`, and how its number is measured where no other claim does so."""
