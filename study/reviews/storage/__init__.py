"""Store the rows of the log in SQLite or PostgreSQL, and migrate data of earlier versions."""
