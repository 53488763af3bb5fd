"""What is said of one thing that was examined, and how a host is asked for it."""
