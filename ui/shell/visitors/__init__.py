"""Know who is there: who can reach this server, who is logged in, and what is theirs."""
