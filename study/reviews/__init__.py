"""Keep the review log: entries, their store, what they fold to, backups and migrations."""
