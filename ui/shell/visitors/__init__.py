"""Tell who can reach this server, who is logged in, and which files and runs are theirs."""
