"""Answer models: what they are learnt from, learning, and their files."""
