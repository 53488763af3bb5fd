"""Questions about the rules, answers with their clauses, and browsing without typing."""
