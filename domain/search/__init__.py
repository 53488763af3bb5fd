"""Finding the clause that answers a question, in two languages and any spelling."""
