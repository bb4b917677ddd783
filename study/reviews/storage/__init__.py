"""Store the rows of the log: in SQLite or PostgreSQL, with the steps from earlier versions."""
