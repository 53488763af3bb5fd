"""The turn's transaction: one writer, group commit, and the statements it runs."""
