"""Opening and looking at papers that people send."""
