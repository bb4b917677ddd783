"""Keep the review log: its rows, their store, what is computed from them, backups, migrations."""
