"""Claims as they are kept: rows sealed under a key of each claim, reminders that fall due, proofs of contact."""
