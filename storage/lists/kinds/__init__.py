"""The kinds of lists and what their rows mean."""
