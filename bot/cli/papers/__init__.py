"""`utys papers`."""
