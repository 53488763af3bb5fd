"""What keeps the reader of files from everything but its own file."""
