"""The chat in the browser: its routes, its limits and its files."""
