"""Whether a person may take part: the check, question by question, and its verdict."""
