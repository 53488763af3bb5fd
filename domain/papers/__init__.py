"""What a paper must be, and what is told about it."""
