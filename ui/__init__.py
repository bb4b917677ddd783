"""What pages share: words, charts, and the pieces that several of them draw."""
