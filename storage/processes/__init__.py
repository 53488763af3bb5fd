"""Several processes on one database: who is alive, who owns which conversation, session locks."""
