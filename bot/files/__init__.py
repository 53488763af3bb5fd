"""Files that people send: fetched from the provider and read in a process of their own."""
