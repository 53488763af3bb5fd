"""What is said and in what order: pure and synchronous, from a Turn to an Outcome."""
